package dev.tollgate.tool;

import dev.tollgate.Arguments;
import dev.tollgate.CallStage;
import dev.tollgate.ToolCall;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments fit the schema that the tool was registered with. Frameworks bend or drop what does
 * not fit, or end the run; then a policy would have decided on something else than what runs.
 */
public final class ArgumentsStage implements CallStage {
  private static final Decision PERMIT = Decision.permit(Basis.of("schema"));

  @Override
  public Decision decide(ToolCall call) {
    String misfit = misfit(call);
    return misfit == null ? PERMIT : deny(misfit);
  }

  private static @Nullable String misfit(ToolCall call) {
    // What was approved did fit, and is good for that very definition: the approval says so.
    return call.approval() == null && call.arguments() instanceof Arguments.Parsed parsed
        ? call.tool().schema().misfit(parsed.tree())
        : null;
  }

  private static Decision deny(String misfit) {
    Basis basis = new Basis("schema", "", List.of(), List.of(misfit), null);
    return new Decision.Deny(basis, ReasonCode.ARGUMENTS_MISFIT);
  }
}
