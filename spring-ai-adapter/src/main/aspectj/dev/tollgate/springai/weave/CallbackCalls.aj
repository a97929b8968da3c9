package dev.tollgate.springai.weave;

import dev.tollgate.springai.WovenCalls;
import org.aspectj.lang.annotation.SuppressAjWarnings;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/**
 * Every callback, whoever calls it. Its execution, not the call: no lambda can be one, and what the
 * JDK or unwoven code calls is seen too.
 */
public final aspect CallbackCalls {
  /** The guard's own, which a build may weave too: at load time they are left out. */
  pointcut ours(): within(dev.tollgate.springai.*);

  pointcut plain(ToolCallback tool, String arguments):
      execution(String ToolCallback+.call(String)) && this(tool) && args(arguments) && !ours();

  pointcut withContext(ToolCallback tool, String arguments, ToolContext context):
      execution(String ToolCallback+.call(String, ToolContext))
      && this(tool) && args(arguments, context) && !ours();

  @SuppressAjWarnings("adviceDidNotMatch")
  String around(ToolCallback tool, String arguments): plain(tool, arguments) {
    return WovenCalls.call(tool, arguments, null, new CallRest() {
      @Override
      public String apply(String decided, ToolContext none) {
        return proceed(tool, decided);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  String around(ToolCallback tool, String arguments, ToolContext context):
      withContext(tool, arguments, context) {
    return WovenCalls.call(tool, arguments, context, new CallRest() {
      @Override
      public String apply(String decided, ToolContext seen) {
        return proceed(tool, decided, seen);
      }
    });
  }
}
