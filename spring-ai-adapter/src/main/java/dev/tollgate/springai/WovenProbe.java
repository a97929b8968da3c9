package dev.tollgate.springai;

import dev.tollgate.springai.weave.Weaving;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.function.FunctionToolCallback;

/**
 * Whether the fourth layer is there. A weaver that is missing, or leaves a class out, says nothing:
 * so a manager and a callback made by hand must deny a call.
 *
 * @param weaver whether any aspect is woven
 * @param direct runs a function as a callback made by hand, and returns what that answered
 */
record WovenProbe(BooleanSupplier weaver, Function<Function<Object, String>, String> direct) {
  /** The real ones. */
  static final WovenProbe REAL =
      new WovenProbe(
          Weaving::active,
          body ->
              FunctionToolCallback.builder("tollgate_probe", body)
                  .description("Tollgate checks itself.")
                  .inputType(Map.class)
                  .build()
                  .call("not JSON"));

  private static final String START =
      "no aspect is woven: start Java with -javaagent:aspectjweaver.jar"
          + " (org.aspectj:aspectjweaver 1.9.27; docs/weaving.md)";

  /** Why calls that no bean sees are not covered; {@code null} if they are. */
  @Nullable String failure() {
    if (!weaver.getAsBoolean()) {
      return START;
    }
    AtomicBoolean ran = new AtomicBoolean();
    String told = direct(ran);
    if (ran.get() || !told.startsWith("{\"error\":\"denied\"")) {
      return "Spring AI's own classes are not woven: an aop.xml of the application names includes"
          + " without org.springframework.ai..* (docs/weaving.md)";
    }
    String manager = Probe.failure(ToolCallingManager.builder().build());
    return manager == null ? null : "a manager made by hand " + manager;
  }

  private String direct(AtomicBoolean ran) {
    try {
      return direct.apply(
          input -> {
            ran.set(true);
            return "ran";
          });
    } catch (ToolDeniedException e) {
      return e.denial().forModel(); // where tollgate.denied=abort
    } catch (RuntimeException e) {
      return "failed with " + e.getClass().getName();
    }
  }
}
