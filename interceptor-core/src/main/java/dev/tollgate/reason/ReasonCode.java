package dev.tollgate.reason;

import java.util.Locale;

/**
 * Why a call was denied. The code is what the model, the audit and the metrics see; the remedy is
 * for people. Each is listed with its remedy in {@code docs/reasons.md}.
 *
 * <p>A reason is <em>observable</em> when observe mode may let the call run all the same and only
 * record the decision. The others can never be opened.
 */
public enum ReasonCode {
  /** No task is carried with the call, so nobody asked for it. */
  TASK_MISSING(
      true, "Start a task before the agent runs, or let the adapter capture the user's message."),
  /** The task carried by the framework and the ambient one differ. */
  TASK_MISMATCH(
      false, "A thread kept another task's context; check how the executor hands over contexts."),
  /** The task's deadline has passed. */
  TASK_EXPIRED(true, "Start a new task, or raise tollgate.task.deadline."),
  /** The task names no tenant. */
  TENANT_MISSING(true, "Set tollgate.tenant, or open a Caller around the agent's run."),
  /** The task names nobody on whose behalf it runs. */
  SUBJECT_MISSING(true, "Open a Caller around the agent's run, or set tollgate.subject."),
  /** The wall clock was set back by more than five seconds. */
  CLOCK_SET_BACK(false, "Find out who changed the clock of this machine."),

  /** The model named a tool that the framework's registry does not hold. */
  TOOL_UNKNOWN(false, "The model made the name up, or the tool was not offered in this request."),
  /** The tool's definition is not the one that the manifest or the lock pins. */
  TOOL_DEFINITION_CHANGED(
      false, "Review the tool's new definition, then lock it or pin its digest."),

  /** The tool's definition is in no lock, and the lock is to hold all. */
  TOOL_NOT_LOCKED(false, "Review the tool, then lock it: tollgate manifest lock."),
  /** Several tools are registered under the same name. */
  TOOL_AMBIGUOUS(false, "Rename one of them, or offer only one; the log names their sources."),

  /** The arguments are not JSON. */
  ARGUMENTS_MALFORMED(false, "The model wrote arguments that are not JSON."),
  /** The arguments are JSON, but not an object. */
  ARGUMENTS_NOT_AN_OBJECT(false, "The model wrote arguments that are not a JSON object."),
  /** An object in the arguments has the same key twice. */
  ARGUMENTS_DUPLICATE_KEY(false, "Two parsers could read these arguments differently."),
  /** A number in the arguments cannot be held exactly by an IEEE 754 double. */
  ARGUMENTS_NUMBER_INEXACT(false, "Pass such numbers as strings."),
  /** A string in the arguments holds half a surrogate pair. */
  ARGUMENTS_LONE_SURROGATE(false, "The text is not well-formed Unicode."),
  /** The arguments are longer than {@code tollgate.arguments.max-bytes}. */
  ARGUMENTS_TOO_LARGE(
      false, "Raise tollgate.arguments.max-bytes if the tool really takes that much."),
  /** The arguments are nested deeper than {@code tollgate.arguments.max-depth}. */
  ARGUMENTS_TOO_DEEP(
      false, "Raise tollgate.arguments.max-depth if the tool really nests that deep."),
  /** The arguments do not fit the schema that the tool was offered with. */
  ARGUMENTS_MISFIT(
      true, "The audit names the argument; correct the tool's schema if the call was right."),
  /** A policy reads an argument that does not have the type the manifest declares. */
  ARGUMENT_TYPE_MISMATCH(
      true, "Correct the argument's type in the manifest, or the tool's schema."),

  /** An argument that the manifest calls a destination names no place, or two. */
  DESTINATION_UNREADABLE(
      false, "Two programs could read this address differently; write it in its plain form."),
  /** A client was about to connect to a place that it may not. */
  DESTINATION_REFUSED(
      false, "The address is private, local or a metadata service; permit it where it is meant."),

  /** No policy is configured. */
  POLICY_MISSING(true, "Add a policy backend and set tollgate.policy.set."),
  /** No policy permits the call. */
  POLICY_NO_PERMIT(true, "Write a policy that permits it, if it should be."),
  /** A policy forbids the call. */
  POLICY_FORBIDDEN(true, "The deciding policies are named in the audit."),
  /** A policy failed while it was evaluated. */
  POLICY_ERROR(true, "The failing policy is named in the audit."),
  /** The policy decision point gave no answer, too few, or {@code null}. */
  POLICY_NO_ANSWER(false, "The policy backend is broken; see the log."),
  /** The policies in force are older than they may be, since newer ones did not load. */
  POLICY_STALE(false, "See the log for why the policies did not load; mend them."),
  /** The policy set changed between the decision and the dispatch. */
  POLICY_REVISION_CHANGED(false, "Let the agent try again under the new policies."),
  /** What the call returned could not be masked as the policy demands; it was withheld. */
  RESULT_UNMASKABLE(false, "The tool returns no JSON, so its members cannot be masked."),
  /** The policies leave no scope that the call's credential may have. */
  SCOPE_EMPTY(false, "The policy narrows to scopes that the tool does not need; correct it."),
  /** A permit demands something the gate does not know how to do. */
  OBLIGATION_UNKNOWN(false, "Use an obligation listed in docs/policy.md."),
  /** A person must approve this call first. */
  APPROVAL_REQUIRED(true, "Approve it under the approval id, then resume it: docs/approval.md."),
  /** A person said no to this call; it stays refused for the task. */
  APPROVAL_REJECTED(false, "Start a new task if the answer should be asked for again."),
  /** Nobody answered in time, or the answer was not used in time. */
  APPROVAL_EXPIRED(false, "Ask again; raise tollgate.approval.lifetime if people need longer."),
  /** The approval was used before: it is good for one run. */
  APPROVAL_USED(false, "Another call needs another approval."),
  /** There is no such approval. */
  APPROVAL_UNKNOWN(false, "The id is wrong, or the approval has ended and was forgotten."),
  /** Somebody answered before. */
  APPROVAL_ANSWERED(false, "The first answer counts; revoke the task if it was wrong."),
  /** The approval was revoked, with its task or by hand. */
  APPROVAL_REVOKED(false, "Its task, agent or subject was revoked, or the task was closed."),
  /** Too many calls of this subject wait for approval. */
  APPROVAL_LIMIT(
      false, "Answer what waits; raise tollgate.approval.max-pending if that is too few."),
  /** The store of approvals could not be read or written. */
  APPROVAL_UNAVAILABLE(false, "Check the file of tollgate.state.file: rights, space."),
  /** What was approved was another task's call. */
  APPROVAL_TASK_CHANGED(false, "An approval is good for the task it was asked for in."),
  /** What was approved was another agent's call. */
  APPROVAL_AGENT_CHANGED(false, "An approval is good for the agent that asked."),
  /** What was approved was a call for another tenant or subject. */
  APPROVAL_SUBJECT_CHANGED(false, "Resume it for the user whose call was approved."),
  /** What was approved was a call of another tool, definition or destination. */
  APPROVAL_TOOL_CHANGED(false, "The tool changed since the approval was asked for; ask again."),
  /** What was approved was a call with other arguments. */
  APPROVAL_ARGUMENTS_CHANGED(false, "An approval is good for the very arguments that were shown."),
  /** The policies changed since the approval was asked for. */
  APPROVAL_POLICY_CHANGED(false, "Ask again under the new policies."),
  /** Whoever answered is an agent or a workload, or acts through one. */
  APPROVER_NOT_HUMAN(false, "A person must answer, signed in as a person."),
  /** Whoever answered carried a credential that the gate had issued for a call. */
  APPROVER_TOKEN_OF_GATE(false, "Find out how a call's credential got out of its call."),
  /** The subject answered, and the policy demands somebody else. */
  APPROVER_IS_SUBJECT(false, "Somebody else must answer."),
  /** Whoever answered does not have the role that the policy demands. */
  APPROVER_ROLE_MISSING(false, "Somebody with the role that the policy names must answer."),
  /** Whoever answered belongs to another tenant. */
  APPROVER_FOREIGN(false, "Somebody of the call's tenant must answer."),

  /** The same calls again and again, also after a person was asked: the task was revoked. */
  LOOP_DETECTED(true, "The agent runs in circles; see its calls in the audit."),
  /** A rate limit is reached. */
  RATE_LIMITED(true, "Wait, or raise the limit under tollgate.rate."),
  /** The budget of calls is used up. */
  BUDGET_CALLS(true, "Start a new task, or raise the budget under tollgate.budget."),
  /** The budget of denials is used up: whoever is denied this often tries things out. */
  BUDGET_DENIALS(true, "See in the audit what the agent was denied."),
  /** The budget of questions to the policy decision point is used up. */
  BUDGET_DECISIONS(true, "Start a new task, or raise the budget under tollgate.budget."),
  /** The budget of requests to the token server is used up. */
  BUDGET_CREDENTIALS(true, "Start a new task, or raise the budget under tollgate.budget."),
  /** The budget of bytes that tools return is used up. */
  BUDGET_BYTES(true, "Start a new task, or raise the budget under tollgate.budget."),
  /** The call would spend more than is left of an amount that the manifest names. */
  BUDGET_AMOUNT(true, "Start a new task, or raise the budget under tollgate.budget."),
  /** An argument that spends a budget is missing, negative or no number. */
  AMOUNT_UNREADABLE(false, "The manifest says what the argument spends; correct it or the call."),
  /** The store of budgets could not be read or written. */
  STATE_UNAVAILABLE(false, "Check the file of tollgate.state.file: rights, space."),

  /** The task was revoked. */
  TASK_REVOKED(false, "Start a new task; the audit says who revoked this one."),
  /** The task was closed. */
  TASK_CLOSED(false, "Start a new task."),
  /** The task was idle for too long. */
  TASK_IDLE(true, "Start a new task, or raise tollgate.task.idle."),
  /** The agent was revoked. */
  AGENT_REVOKED(false, "The audit says who revoked it; restore it when the cause is gone."),
  /** The subject was revoked. */
  SUBJECT_REVOKED(false, "The audit says who revoked it; restore it when the cause is gone."),
  /** The tenant was stopped. */
  TENANT_REVOKED(false, "The audit says who stopped it; restore it when the cause is gone."),
  /** The lease of the call's credential was revoked. */
  LEASE_REVOKED(false, "The audit says who revoked it; a new call gets a new credential."),
  /** The call ran when it was revoked; what it returned was withheld. */
  REVOKED_IN_FLIGHT(false, "The tool may have done its work; see the audit."),

  /** The delegation was revoked, or one that it comes from. */
  DELEGATION_REVOKED(false, "The audit says who revoked it; delegate again."),
  /** The delegation is not signed by a key of the gate, or is no delegation at all. */
  DELEGATION_FORGED(false, "Find out who wrote it."),
  /** The delegation has ended. */
  DELEGATION_EXPIRED(false, "Delegate again, for longer if the work takes longer."),
  /** The delegation is for another tenant, subject or receiver. */
  DELEGATION_FOREIGN(false, "A delegation is good for the one agent and user it names."),
  /** The delegation is wider than the one it comes from. */
  DELEGATION_WIDER(false, "Find out who holds the key and signed it."),
  /** The delegation was accepted before. */
  DELEGATION_REPLAYED(false, "A delegation is accepted once; delegate again."),
  /** The delegation may not be handed on. */
  DELEGATION_TOO_DEEP(false, "Grant more depth where the work begins, or do it in fewer hops."),
  /** The delegation does not cover the tool. */
  DELEGATION_TOOL(true, "Grant the tool, or keep the agent from trying."),
  /** The delegation does not cover a scope of the credential that the tool needs. */
  DELEGATION_SCOPE(true, "Grant the scope, or keep the agent from trying."),
  /** The calls or amounts that were delegated are used up. */
  DELEGATION_BUDGET(true, "Delegate again, with more."),

  /** A stage of the gate failed. */
  STAGE_FAILED(false, "A bug in the gate or in a backend; see the log."),
  /** The application has an adapter, but no gate that it could ask. */
  GATE_MISSING(false, "Set the tollgate.* keys, or install a gate; the log says what was wrong."),
  /** The gate was closed. */
  GATE_CLOSED(false, "The application is shutting down."),
  /** The admission was not used in time. */
  ADMISSION_EXPIRED(false, "The call waited too long after it was admitted."),
  /** The admission was used before: it is good for one run. */
  ADMISSION_USED(false, "A retry is a new call and is decided again."),
  /** The agent's run had ended, with an error or without, and left the call behind. */
  RUN_ENDED(false, "Run the agent again; see why it ended before all its calls had."),

  /** The tool needs a credential and no issuer is configured. */
  CREDENTIAL_ISSUER_MISSING(false, "Add a credential backend, such as tollgate-oauth."),
  /** The issuer could not be reached or refused. */
  CREDENTIAL_UNAVAILABLE(false, "See the log for what the token server answered."),
  /** The issuer did not answer in time. */
  CREDENTIAL_TIMEOUT(false, "See whether the token server is overloaded."),
  /** What the issuer gave is wider than what was asked for; it was revoked. */
  CREDENTIAL_WIDER(false, "Make the token server narrow audience, scope and lifetime."),
  /** What the issuer gave cannot be checked. */
  CREDENTIAL_UNVERIFIABLE(
      false, "The token server must issue signed JWTs that the gate can verify."),
  /** The credential does not name the agent as the actor, as it must. */
  CREDENTIAL_ACTOR_MISSING(
      false, "Use a token server that writes act (RFC 8693), or set tollgate.oauth.actor."),
  /** The record that makes sure a credential is revoked could not be stored. */
  OUTBOX_UNAVAILABLE(false, "Check the folder of tollgate.credential.outbox."),

  /** The audit record could not be written. */
  AUDIT_UNAVAILABLE(
      false, "Check the folder of tollgate.audit.folder: rights, space, another process.");

  private final boolean observable;
  private final String remedy;
  private final String code = name().toLowerCase(Locale.ROOT);

  ReasonCode(boolean observable, String remedy) {
    this.observable = observable;
    this.remedy = remedy;
  }

  /** The stable, low-cardinality text of this reason, such as {@code policy_forbidden}. */
  public String code() {
    return code;
  }

  /** Whether observe mode may let a call run that was denied for this reason. */
  public boolean observable() {
    return observable;
  }

  /** What a person should do about it, one sentence. */
  public String remedy() {
    return remedy;
  }
}
