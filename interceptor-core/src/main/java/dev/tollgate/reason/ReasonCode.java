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
  /** The tool's definition is not the one the manifest pins. */
  TOOL_DEFINITION_CHANGED(
      false, "Review the tool's new definition, then pin its digest in the manifest."),

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
  /** A policy reads an argument that does not have the type the manifest declares. */
  ARGUMENT_TYPE_MISMATCH(
      true, "Correct the argument's type in the manifest, or the tool's schema."),

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
  /** The policy set changed between the decision and the dispatch. */
  POLICY_REVISION_CHANGED(false, "Let the agent try again under the new policies."),
  /** A permit demands something the gate does not know how to do. */
  OBLIGATION_UNKNOWN(false, "Use an obligation listed in docs/policy.md."),
  /** A person must approve this call first. */
  APPROVAL_REQUIRED(true, "Approvals are not part of this version; deny stands."),

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
