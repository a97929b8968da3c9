package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.langchain4j.weave.ActiveCall;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that waited for approval, run with a tool as the application has it now. */
final class ApprovedCall {
  private final ToolGate gate;
  private final String approvalId;
  private final Caller caller;

  ApprovedCall(ToolGate gate, String approvalId, Caller caller) {
    this.gate = gate;
    this.approvalId = approvalId;
    this.caller = caller;
  }

  /**
   * The framework's own way to find them: what an AI service has can be resumed, also inherited.
   */
  static Map<ToolSpecification, ToolExecutor> toolsOf(Object... objects) {
    Map<ToolSpecification, ToolExecutor> tools = new LinkedHashMap<>();
    for (Object object : objects) {
      for (AiServiceTool tool : ToolService.findTools(object)) {
        tools.put(tool.toolSpecification(), tool.toolExecutor());
      }
    }
    return tools;
  }

  String runWith(Map<ToolSpecification, ToolExecutor> tools) {
    String wanted = toolName();
    // Also where there is no such approval: the gate denies it, on record.
    Tool tool = Tool.unknown(wanted == null ? "(none)" : wanted, ToolOrigin.LANGCHAIN4J);
    ToolExecutor executor =
        (request, memoryId) -> {
          throw new IllegalStateException("an unknown tool cannot run");
        };
    List<ToolSpecification> sameName = new ArrayList<>();
    for (Map.Entry<ToolSpecification, ToolExecutor> known : tools.entrySet()) {
      if (known.getKey().name().equals(wanted)) {
        sameName.add(known.getKey());
        executor = known.getValue(); // of several none runs
      }
    }
    if (!sameName.isEmpty()) {
      tool = gate.describe(ToolDefinitions.of(sameName, executor));
    }
    return run(tool, executor);
  }

  private @Nullable String toolName() {
    ApprovalDesk desk = gate.approvals();
    return desk == null
        ? null
        : desk.find(caller.tenant(), approvalId).map(request -> request.call().tool()).orElse(null);
  }

  private String run(Tool tool, ToolExecutor executor) {
    ToolResult result =
        gate.resume(
            approvalId,
            caller,
            tool,
            arguments -> {
              ToolExecutionRequest request =
                  ToolExecutionRequest.builder()
                      .id(approvalId)
                      .name(tool.name())
                      .arguments(arguments)
                      .build();
              try (ActiveCall call = ActiveCall.of(executor, request)) {
                ToolExecutionResult ran = executor.executeWithContext(request, invocation());
                return GuardedToolExecutor.answer(ToolOrigin.of(executor), ran);
              }
            });
    if (executor instanceof DefaultToolExecutor
        && result instanceof ToolResult.Failed failed
        && failed.cause() instanceof ToolExecutionException wrapped
        && wrapped.getCause() != null) {
      throw Passage.<RuntimeException>unchanged(wrapped.getCause()); // only the framework's wrapper
    }
    return Passage.text(result);
  }

  /** There is no AI service any more, but its conversation is known: the gate has opened it. */
  private static InvocationContext invocation() {
    Task task = Task.current();
    return InvocationContext.builder()
        .chatMemoryId(task == null ? null : task.conversation().id())
        .invocationParameters(new InvocationParameters())
        .timestampNow()
        .build();
  }
}
