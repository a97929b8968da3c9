package dev.tollgate.tool;

import dev.tollgate.AdmissionStage;
import dev.tollgate.Arguments;
import dev.tollgate.ToolCall;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool is registered, its definition is the pinned one, and the arguments were taken by the
 * strict parser.
 */
public final class DefinitionStage implements AdmissionStage {
  private static final Decision PERMIT = Decision.permit(Basis.of("definition"));

  @Override
  public List<Decision> decide(List<ToolCall> calls) {
    List<Decision> decisions = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      ReasonCode reason = refuse(call);
      decisions.add(reason == null ? PERMIT : Decision.deny("definition", reason));
    }
    return decisions;
  }

  private static @Nullable ReasonCode refuse(ToolCall call) {
    Tool tool = call.tool();
    if (tool.standing() == Tool.Standing.UNKNOWN) {
      return ReasonCode.TOOL_UNKNOWN;
    }
    if (tool.pinnedDigest() != null && !tool.pinnedDigest().equals(tool.definitionDigest())) {
      return ReasonCode.TOOL_DEFINITION_CHANGED;
    }
    return call.arguments() instanceof Arguments.Refused refused ? refused.reason() : null;
  }
}
