package dev.tollgate.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.task.Caller;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
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

  /** The methods of these objects that carry {@code @Tool}. */
  static Map<ToolSpecification, ToolExecutor> toolsOf(Object... objects) {
    Map<ToolSpecification, ToolExecutor> tools = new LinkedHashMap<>();
    for (Object object : objects) {
      for (Method method : object.getClass().getDeclaredMethods()) {
        if (method.isAnnotationPresent(Tool.class)) {
          tools.put(
              ToolSpecifications.toolSpecificationFrom(method),
              new DefaultToolExecutor(object, method));
        }
      }
    }
    return tools;
  }

  String runWith(Map<ToolSpecification, ToolExecutor> tools) {
    String wanted = toolName();
    for (Map.Entry<ToolSpecification, ToolExecutor> tool : tools.entrySet()) {
      if (tool.getKey().name().equals(wanted)) {
        return run(gate.describe(ToolDefinitions.of(tool.getKey())), tool.getValue());
      }
    }
    // Also where there is no such approval: the gate denies it, on record.
    String name = wanted == null ? "(none)" : wanted;
    return run(
        dev.tollgate.tool.Tool.unknown(name, ToolDefinitions.SOURCE),
        (request, memoryId) -> {
          throw new IllegalStateException("an unknown tool cannot run");
        });
  }

  private @Nullable String toolName() {
    ApprovalDesk desk = gate.approvals();
    return desk == null
        ? null
        : desk.find(caller.tenant(), approvalId).map(request -> request.call().tool()).orElse(null);
  }

  private String run(dev.tollgate.tool.Tool tool, ToolExecutor executor) {
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
              return ToolResult.returned(String.valueOf(executor.execute(request, approvalId)));
            });
    return Passage.text(result);
  }
}
