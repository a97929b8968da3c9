package dev.tollgate.langchain4j.coverage;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.testkit.coverage.CoverageCase;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One path in one case: an installed gate, a body that counts, and an audit on disk. */
final class Trial implements AutoCloseable {
  private static final String TENANT = "acme";
  private static final String AGENT = "coverage";
  private static final Caller ALICE = Caller.of(TENANT, "alice");
  private static final long NOT_ARMED = -1;

  private final CoverageCase given;
  private final AuditFile audit;
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger withCredential = new AtomicInteger();
  private final AtomicLong armedAt = new AtomicLong(NOT_ARMED);
  private final ArmedSink sink;
  private final ToolGate gate;

  Trial(CoverageCase given, Path folder) {
    this.given = given;
    this.audit = new AuditFile(folder, TENANT);
    this.sink = new ArmedSink(audit.open());
    Tokens tokens = new Tokens();
    this.gate =
        TestGates.gate(ScriptedPolicy.of(request -> decide()), sink)
            .keys(audit.keys())
            .agent(AgentIdentity.of(AGENT))
            .manifest(
                Tokens.manifest(
                    Deed.NAME,
                    "tool_search_tool",
                    "activate_skill",
                    "list_resources",
                    "get_resource"))
            .credentials(tokens, tokens)
            .approvals(10, Duration.ofMinutes(10))
            .build();
    TollgateLangChain4j.install(gate);
  }

  private Decision decide() {
    Basis basis = new Basis("scripted", "r1", List.of("rule"));
    if (armedAt.get() == NOT_ARMED) {
      return Decision.permit(basis);
    }
    return switch (given) {
      case DENY -> new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN);
      case APPROVAL -> new Decision.NeedsApproval(basis, List.of());
      case PDP_ERROR -> throw new IllegalStateException("told to fail");
      case ALLOW, REVOKED, AUDIT_FAILURE -> Decision.permit(basis);
    };
  }

  /** What runs at the end of every path. */
  String body() {
    ran.incrementAndGet();
    if (CallCredential.current().isPresent()) {
      withCredential.incrementAndGet();
    }
    return "ran";
  }

  /** The next calls are those that the trial is about: from here on the case holds. */
  void arm() {
    if (armedAt.compareAndSet(NOT_ARMED, audit.length())) {
      if (given == CoverageCase.REVOKED) {
        gate.killSwitch().revoke(RevocationTarget.agent(TENANT, AGENT), "carol");
      } else if (given == CoverageCase.AUDIT_FAILURE) {
        sink.fail();
      }
    }
  }

  /** Does it as an application does that opens a task of its own. */
  <T> T inTask(Callable<T> work) throws Exception {
    Task task = gate.startTask(Intent.human("go"), null, null, null);
    try (Scope open = task.open()) {
      return work.call();
    }
  }

  /** A person approves what waits, and the application resumes it with these tools. */
  void resume(Map<ToolSpecification, ToolExecutor> tools) {
    ApprovalDesk desk = requireNonNull(gate.approvals());
    for (ApprovalRequest request : desk.pending(TENANT)) {
      desk.approve(TENANT, request.id(), Approver.person(TENANT, "bob", null));
      TollgateLangChain4j.resume(request.id(), ALICE, tools);
    }
  }

  int ran() {
    return ran.get();
  }

  int withCredential() {
    return withCredential.get();
  }

  /** How often the audit was asked to take a record and took none. */
  int auditRefused() {
    return sink.refused();
  }

  /** Ends the gate and reads what the audit has, which must be whole. */
  Evidence evidence() throws IOException {
    close();
    if (armedAt.get() == NOT_ARMED) {
      throw new IllegalStateException("the path never came to the call that it is about");
    }
    return audit.since(armedAt.get());
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
    gate.close();
    sink.close();
  }
}
