package dev.tollgate.demo.evaluate;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Gives a gate an approval stage, and somebody who answers or does not. */
final class Approvers {
  /** How many calls of one trace may wait: more than recorded agents have made. */
  private static final int PENDING = 100;

  private Approvers() {}

  /** Builds a gate that asks this stand-in. */
  static ToolGate build(ToolGateBuilder builder, StandIn standIn) {
    AtomicReference<@Nullable ToolGate> gate = new AtomicReference<>();
    ToolGate built =
        builder
            .approvals(PENDING, Duration.ofMinutes(10))
            .approvalListener(
                request -> {
                  if (standIn == StandIn.ALWAYS) {
                    approve(gate.get(), request);
                  }
                })
            .build();
    gate.set(built);
    return built;
  }

  /** Answers while the call still waits, so that the gate goes on with it. */
  private static void approve(@Nullable ToolGate gate, ApprovalRequest request) {
    ApprovalDesk desk = gate == null ? null : gate.approvals();
    if (desk == null) {
      throw new IllegalStateException("a gate that asks has a desk"); // the call stays denied
    }
    String tenant = request.call().tenant();
    desk.approve(tenant, request.id(), Approver.person(tenant, "recorded-approver", null));
  }
}
