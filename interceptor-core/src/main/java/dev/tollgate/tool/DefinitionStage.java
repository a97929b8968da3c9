package dev.tollgate.tool;

import dev.tollgate.Arguments;
import dev.tollgate.CallStage;
import dev.tollgate.ToolCall;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The tool is registered, once, its definition is the pinned one, and the arguments were taken by
 * the strict parser.
 */
public final class DefinitionStage implements CallStage {
  private static final Decision PERMIT = Decision.permit(Basis.of("definition"));

  @Override
  public Decision decide(ToolCall call) {
    ReasonCode reason = refuse(call);
    return reason == null ? PERMIT : Decision.deny("definition", reason);
  }

  private static @Nullable ReasonCode refuse(ToolCall call) {
    Tool tool = call.tool();
    return switch (tool.standing()) {
      case UNKNOWN -> ReasonCode.TOOL_UNKNOWN;
      case UNLOCKED -> ReasonCode.TOOL_NOT_LOCKED;
      case AMBIGUOUS -> ReasonCode.TOOL_AMBIGUOUS;
      case LISTED, UNLISTED -> refuseRegistered(tool, call.arguments());
    };
  }

  private static @Nullable ReasonCode refuseRegistered(Tool tool, Arguments arguments) {
    if (tool.changedSincePinned()) {
      return ReasonCode.TOOL_DEFINITION_CHANGED;
    }
    return arguments instanceof Arguments.Refused refused ? refused.reason() : null;
  }
}
