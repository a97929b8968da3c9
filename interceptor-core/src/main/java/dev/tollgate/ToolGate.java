package dev.tollgate;

import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.credential.OpenLease;
import dev.tollgate.delegation.Delegations;
import dev.tollgate.guard.KillSwitch;
import dev.tollgate.guard.RunningCall;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.PolicyReload;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.telemetry.CallSpan;
import dev.tollgate.telemetry.GateListener;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate that every tool call passes.
 *
 * <pre>
 * ADMISSION  open ▸ definition ▸ intent ▸ delegation ▸ guard ▸ arguments ▸ policy ▸ approval    one decision each
 * EXECUTION  trace ▸ audit ▸ last check ▸ budget ▸ credential ▸ [ tool ]
 * </pre>
 *
 * Thread-safe.
 */
public final class ToolGate implements AutoCloseable {
  private final DescribedTools described;
  private final GateParts parts;
  private final Admissions admissions;
  private final Execution execution;
  private final Resumption resumption;
  private final AmbiguousTools ambiguous = new AmbiguousTools();
  private final AtomicBoolean closed = new AtomicBoolean();

  ToolGate(ToolGateBuilder given) {
    this.described = new DescribedTools(given.manifest);
    this.parts = new GateParts(given, closed::get);
    this.admissions = new Admissions(parts);
    this.execution = new Execution(parts);
    this.resumption = new Resumption(parts);
  }

  public static ToolGateBuilder builder() {
    return new ToolGateBuilder();
  }

  /** What the gate knows of a tool that the framework registered. */
  public Tool describe(ToolDefinition definition) {
    return described.of(definition);
  }

  /**
   * What the gate knows of tools that a framework registered under one name. Of several none ever
   * runs: which of them would is the framework's whim, and a server may have taken the name on
   * purpose.
   *
   * @param sameName one or more, all of the same name
   */
  public Tool describe(List<ToolDefinition> sameName) {
    return sameName.size() == 1 ? describe(sameName.get(0)) : ambiguous.of(sameName);
  }

  /**
   * Whether a model should be told of a tool: false if no call of it in this task could be
   * permitted, whatever the arguments. Calls are decided on all the same.
   */
  public boolean offers(Task task, Tool tool) {
    return parts.offered.offers(task, tool);
  }

  /**
   * Starts a task, with what the user asked for.
   *
   * @param intent the pristine words
   * @param agent what the framework calls its agent; a configured agent wins
   * @param caller on whose behalf; {@code null} for the open {@link Caller}, then the configured
   *     one
   * @param conversationId the framework's conversation id, {@code null} if it has none
   */
  public Task startTask(
      Intent intent,
      @Nullable AgentIdentity agent,
      @Nullable Caller caller,
      @Nullable String conversationId) {
    return parts.factory.startTask(intent, agent, caller, conversationId);
  }

  /**
   * Starts a task of somebody who is not signed in: every call is denied, whatever caller is open
   * or configured.
   */
  public Task startTaskOfNobody(
      Intent intent, @Nullable AgentIdentity agent, @Nullable String conversationId) {
    return parts.factory.startTaskOfNobody(intent, agent, conversationId);
  }

  /**
   * Makes a call of what a model proposed: parses the arguments, once. Never throws for what a
   * model wrote.
   */
  public ToolCall propose(Proposal proposal) {
    return parts.factory.propose(proposal);
  }

  /**
   * Decides on calls that were proposed together, before any of them runs. One admission each, in
   * order.
   */
  public List<Admission> admit(List<ToolCall> calls) {
    return recorded(calls, admissions.decide(calls));
  }

  /**
   * What becomes of a call that comes after the end of its run: denied {@code run_ended}, on
   * record. Nothing is asked about it, so that no approval is used up for a call that cannot run.
   */
  public Admission refuseLate(ToolCall call) {
    return recorded(List.of(call), List.of(admissions.refuse(call, ReasonCode.RUN_ENDED))).get(0);
  }

  private List<Admission> recorded(List<ToolCall> calls, List<Admission> decided) {
    try {
      parts.audit.append(drained(decided));
      return decided;
    } catch (AuditException | RuntimeException | Error e) {
      parts.auditFailed(e);
      return List.copyOf(calls.stream().map(admissions::unrecorded).toList());
    }
  }

  private List<AuditEntry> drained(List<Admission> decided) {
    if (decided.size() == 1) {
      return parts.factory.journalOf(decided.get(0)).drain(); // as nearly always
    }
    List<AuditEntry> entries = new ArrayList<>();
    decided.forEach(one -> entries.addAll(parts.factory.journalOf(one).drain()));
    return entries;
  }

  /** Runs an admitted call, once; a refused one ends here, with its span. */
  public ToolResult execute(Admission admission, ToolBody body) {
    try (CallSpan span = parts.telemetry.open(admission.call())) {
      return execution.run(admission, body, span);
    }
  }

  /**
   * Ends what a run of an agent has left behind: what was admitted does not run any more, and of
   * what runs still, the credentials end and the results reach nobody. Waits for no token server.
   */
  public void abandon(List<Admission> left) {
    List<RunningCall> calls = new ArrayList<>();
    for (Admission admission : left) {
      if (admission instanceof AdmittedCall admitted && admitted.madeBy(parts)) {
        admitted.running().abandon();
        calls.add(admitted.running());
      }
    }
    if (!calls.isEmpty()) {
      Thread cutting = new Thread(() -> calls.forEach(RunningCall::cut), "tollgate-cut");
      cutting.setDaemon(true);
      cutting.start();
    }
  }

  /** {@link #admit} and {@link #execute} for one call. */
  public ToolResult call(ToolCall call, ToolBody body) {
    return run(call, body, () -> admissions.decide(List.of(call)).get(0));
  }

  private ToolResult run(ToolCall call, ToolBody body, Supplier<Admission> decided) {
    try (CallSpan span = parts.telemetry.open(call)) {
      Admission admission = decided.get();
      if (admission instanceof Refusal refusal) {
        try {
          parts.factory.journalOf(refusal).flush();
        } catch (AuditException e) {
          parts.auditFailed(e);
          admission = admissions.unrecorded(call);
        }
      }
      return execution.run(admission, body, span);
    }
  }

  /**
   * Runs a call that waited for approval: the one that was stored, whatever a model says by now.
   * Everything is asked again, the policy too. It runs at most once, also if it is resumed twice.
   *
   * @param approvalId the id in the denial
   * @param caller the user whose call it was, with a token of its own for credentials
   * @param tool the tool, as the framework's registry has it now
   * @param body what runs
   * @return the result, or a denial; {@code approval_required} while nobody has answered
   */
  public ToolResult resume(String approvalId, Caller caller, Tool tool, ToolBody body) {
    Resumption.Found found = resumption.find(approvalId, caller, tool);
    ToolCall call = propose(found.proposal());
    ReasonCode missing = found.missing();
    return missing == null
        ? call(call, body)
        : run(call, body, () -> admissions.refuse(call, missing));
  }

  /**
   * The task of a call that waited for approval, for what an agent does after it: the user's words,
   * the agent and the deadline are those of then.
   *
   * @param approvalId the id in the denial
   * @param caller the user whose call it was, with a token of its own for credentials
   * @return empty if there is no such approval, or the call was for somebody else
   * @throws dev.tollgate.state.StateException if the store cannot be read
   */
  public Optional<Task> taskOf(String approvalId, Caller caller) {
    return resumption.task(approvalId, caller);
  }

  /** Where people answer; {@code null} if this gate asks none. */
  public @Nullable ApprovalDesk approvals() {
    return parts.approvals;
  }

  /** Hands parts of a task from one agent to another. */
  public Delegations delegations() {
    return parts.delegations;
  }

  /** Revokes tasks, agents, subjects, tenants, delegations and leases. */
  public KillSwitch killSwitch() {
    return parts.killSwitch;
  }

  /** How the gate stands at this moment. */
  public GateStatus status() {
    return GateStatus.of(
        parts, parts.policyRecords.reloadFailed(), parts.policyRecords.unprotectedPlaces());
  }

  /** The credentials that calls hold at this moment, without the credentials. */
  public List<OpenLease> openLeases() {
    return parts.credentials.open();
  }

  /**
   * Whether a credential is one that this gate got for a call. Nobody approves, revokes or reloads
   * anything with one of them.
   */
  public boolean issued(Secret credential) {
    return parts.credentials.issued().contains(credential);
  }

  /** From now on the listener is told what the gate decides and counts. */
  public void listen(GateListener listener) {
    parts.telemetry.listen(listener);
  }

  /** No longer. */
  public void unlisten(GateListener listener) {
    parts.telemetry.unlisten(listener);
  }

  /**
   * Looks at once whether the policies have changed, and loads them if they have. Whoever offers
   * this to people makes sure who they are.
   *
   * @param by who asks, for the audit
   * @throws IllegalStateException if the audit took no record of it: then nothing was loaded
   */
  public PolicyReload reloadPolicies(String by) {
    if (!parts.policyRecords.asked(by)) {
      throw new IllegalStateException("the audit took no record, so nothing was loaded");
    }
    return parts.policyRecords.reloaded(parts.policy);
  }

  /** Whether the gate was closed. A closed gate denies. */
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Denies from now on, waits up to five seconds for calls in flight, so that their ends are on
   * record, then ends the audit streams.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }
}
