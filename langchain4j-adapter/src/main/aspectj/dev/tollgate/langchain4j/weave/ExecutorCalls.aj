package dev.tollgate.langchain4j.weave;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.langchain4j.WovenCalls;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Every place that calls an executor. The call, not its execution: a lambda's body is a method that
 * no pointcut finds.
 */
public final aspect ExecutorCalls {
  pointcut withContext(ToolExecutor tool, ToolExecutionRequest request, InvocationContext context):
      call(ToolExecutionResult ToolExecutor+.executeWithContext(ToolExecutionRequest, InvocationContext))
      && target(tool) && args(request, context);

  pointcut plain(ToolExecutor tool, ToolExecutionRequest request):
      call(String ToolExecutor+.execute(ToolExecutionRequest, Object))
      && target(tool) && args(request, ..);

  @SuppressAjWarnings("adviceDidNotMatch")
  ToolExecutionResult around(ToolExecutor tool, ToolExecutionRequest request, InvocationContext context):
      withContext(tool, request, context) && if (WovenCalls.undecided(tool, request)) {
    return WovenCalls.executeWithContext(tool, request, context, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest decided) {
        return proceed(tool, decided, context);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  String around(ToolExecutor tool, ToolExecutionRequest request):
      plain(tool, request) && if (WovenCalls.undecided(tool, request)) {
    return WovenCalls.execute(tool, request, new Proceeding() {
      @Override
      public Object with(ToolExecutionRequest decided) {
        return proceed(tool, decided);
      }
    });
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(ToolExecutor tool, ToolExecutionRequest request):
      (withContext(tool, request, *) || plain(tool, request))
      && if (WovenCalls.continues(tool, request)) {
    ActiveCall step = ActiveCall.step(tool, request);
    try {
      return proceed(tool, request);
    } finally {
      step.close();
    }
  }
}
