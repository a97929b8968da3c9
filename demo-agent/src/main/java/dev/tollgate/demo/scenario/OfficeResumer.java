package dev.tollgate.demo.scenario;

import dev.tollgate.Denial;
import dev.tollgate.GateClock;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.demo.agent.AgentLoop;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.Colleague;
import dev.tollgate.demo.console.CallRow;
import dev.tollgate.demo.control.Resumer;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Runs a call of an earlier run: the office opens again, the user signs in again, and the gate goes
 * on with what the folder kept.
 */
public final class OfficeResumer implements Resumer {
  @Override
  public ToolResult resume(DemoFolder folder, ApprovalRequest request) throws IOException {
    OpenTelemetry none = OpenTelemetry.noop();
    try (RunningOffice office = RunningOffice.start();
        StateStore state =
            FileStateStore.open(folder.resolve(ScenarioPlayer.STATE), GateClock.system());
        ScenarioGate world =
            ScenarioGate.open(
                Scenario.World.DESK,
                office,
                folder,
                state,
                TokenServer.issuer(office, folder),
                none);
        AgentLoop agent =
            AgentLoops.inOffice(
                request.call().source(),
                world.gate(),
                office.uri("/"),
                Colleague.NONE,
                none,
                null)) {
      world.audit().forget(); // the probe call
      Caller caller =
          new Caller(
              request.call().tenant(),
              request.call().subject(),
              Secret.of(office.subjectTokens().issue(request.call().subject())));
      String text = agent.resume(request.id(), caller);
      return result(world.audit().rows(), text);
    }
  }

  /** The audit says whether it ran; the text is only what came of it. */
  private static ToolResult result(List<CallRow> rows, String text) {
    String reason = rows.size() == 1 ? rows.get(0).reason() : ReasonCode.AUDIT_UNAVAILABLE.code();
    return reason.isEmpty()
        ? ToolResult.returned(text)
        : new ToolResult.Denied(
            new Denial(ReasonCode.valueOf(reason.toUpperCase(Locale.ROOT)), "resumed"));
  }
}
