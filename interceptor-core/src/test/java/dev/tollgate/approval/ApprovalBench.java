package dev.tollgate.approval;

import dev.tollgate.Denial;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolResult;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Policy;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gate whose policy wants a person's approval, unless it is told otherwise. */
final class ApprovalBench {
  static final String ARGUMENTS = "{\"b\":1,\"a\":\"x\"}";
  static final Caller ALICE = Caller.of("acme", "alice");
  static final Approver BOB = Approver.person("acme", "bob", null);
  final AtomicInteger asked = new AtomicInteger();
  volatile Function<PolicyRequest, Decision> answer =
      request -> new Decision.NeedsApproval(Policy.BASIS, List.of());
  final Policy policy =
      Policy.each(
          request -> {
            asked.incrementAndGet();
            return answer.apply(request);
          });
  final Bench bench = new Bench(policy);

  ApprovalBench() {
    bench.builder.approvals(20, Duration.ofMinutes(10)).guard(GuardSettings.OFF);
  }

  void demand(Obligation... obligations) {
    answer = request -> new Decision.NeedsApproval(Policy.BASIS, List.of(obligations));
  }

  /** What the model gets; the call must be denied. */
  Denial denied(Task task, String arguments) {
    return denied(bench.gate().call(bench.call(task, bench.tool("read"), arguments), bench.body()));
  }

  static Denial denied(ToolResult result) {
    if (result instanceof ToolResult.Denied denied) {
      return denied.denial();
    }
    throw new AssertionError("it ran: " + result);
  }

  /** Asks for a call and gives the id under which it waits. */
  String waiting(Task task) {
    return id(denied(task, ARGUMENTS));
  }

  String waiting() {
    return waiting(bench.task());
  }

  static String id(Denial denial) {
    if (denial.approvalId() == null) {
      throw new AssertionError("nobody is asked: " + denial);
    }
    return denial.approvalId();
  }

  String approved() {
    return approved(bench.task());
  }

  String approved(Task task) {
    String id = waiting(task);
    if (desk().approve("acme", id, BOB) instanceof ApprovalAnswer.Taken) {
      return id;
    }
    throw new AssertionError("the approval was not taken");
  }

  ApprovalDesk desk() {
    ApprovalDesk desk = bench.gate().approvals();
    if (desk == null) {
      throw new AssertionError("no desk");
    }
    return desk;
  }

  ToolResult resume(String id) {
    return bench.gate().resume(id, ALICE, bench.tool("read"), bench.body());
  }

  /** Why a resumed call was denied, {@code null} if it ran. */
  @Nullable ReasonCode resumed(String id) {
    return Bench.reason(resume(id));
  }

  /** Why the desk refused, {@code null} if it did not. */
  static @Nullable ReasonCode refused(ApprovalAnswer answer) {
    return answer instanceof ApprovalAnswer.Refused refused ? refused.reason() : null;
  }

  /** Presents an approval for another call, as an application could. */
  @Nullable ReasonCode presented(String id, Task task, dev.tollgate.tool.Tool tool, String text) {
    Proposal proposal = new Proposal(task, tool, text, null, SpanOwner.GATE, id);
    return Bench.reason(bench.gate().call(bench.gate().propose(proposal), bench.body()));
  }
}
