package dev.tollgate.benchmarks;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.key.KeySource;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.task.Caller;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One tool of an AI service as LangChain4j hands it to its loop: found by the jar on the class path
 * and behind the gate, or bare.
 */
final class MeasuredFramework {
  private static final String TENANT = "bench";

  /** The AI service whose tools are called; no model is. */
  interface Clerk {}

  private final List<ToolExecutionRequest> requests = new ArrayList<>();
  private final InvocationContext invocation;
  private final ToolExecutor executor;
  private final Runnable close;
  private int next;

  private MeasuredFramework(ToolExecutor executor, InvocationContext invocation, Runnable close) {
    this.executor = executor;
    this.invocation = invocation;
    this.close = close;
    for (int payee = 0; payee < MeasuredGate.PAYEES; payee++) {
      requests.add(
          ToolExecutionRequest.builder()
              .id("call_1")
              .name(PayTool.NAME)
              .arguments(PayTool.arguments(payee))
              .build());
    }
  }

  static MeasuredFramework bare() {
    return new MeasuredFramework(
        new DefaultToolExecutor(new PayTool(), PayTool.method()), invocation(), () -> {});
  }

  /** Behind a gate that is installed for the whole process, until {@link #end}. */
  static MeasuredFramework gated(AuditSink audit) {
    OpenTelemetrySdk telemetry = MeasuredGate.telemetry();
    ToolGate gate =
        MeasuredGate.parts(keys(), telemetry, manifest -> new PermittingPolicy())
            .audit(audit)
            .defaultCaller(Caller.of(TENANT, "ada"))
            .build();
    TollgateLangChain4j.install(gate);
    InvocationContext invocation = invocation();
    return new MeasuredFramework(
        tool(invocation),
        invocation,
        () -> {
          TollgateLangChain4j.uninstall();
          gate.close();
          telemetry.close();
        });
  }

  /** Calls the tool as the framework's loop does. What did not run is no measurement. */
  String call() {
    // Always the same payee would be a loop, and the guard would stop it.
    ToolExecutionRequest request = requests.get(next++ % MeasuredGate.PAYEES);
    String result = executor.executeWithContext(request, invocation).resultText();
    if (!result.equals(PayTool.RESULT)) {
      throw new IllegalStateException("the tool did not run: " + result);
    }
    return result;
  }

  void end() {
    close.run();
  }

  private static ToolExecutor tool(InvocationContext invocation) {
    AiServiceContext service = AiServiceContext.create(Clerk.class);
    service.toolService.tools(List.of(new PayTool()));
    UserMessage message = UserMessage.from("Pay the office supplies");
    // What an AI service does first: the task begins here.
    service.eventListenerRegistrar.fireEvent(
        AiServiceStartedEvent.builder().invocationContext(invocation).userMessage(message).build());
    ToolExecutor tool =
        service
            .toolService
            .createContext(invocation, message, List.of(message))
            .toolExecutors()
            .get(PayTool.NAME);
    if (tool == null || tool instanceof DefaultToolExecutor) {
      throw new IllegalStateException("the tool is not behind the gate: " + tool);
    }
    return tool;
  }

  private static InvocationContext invocation() {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .chatMemoryId("bench")
        .build();
  }

  /** Keys of this process alone. */
  static KeySource keys() {
    try {
      Path folder = Files.createTempDirectory("tollgate-bench-");
      Path file = folder.resolve("keys.jwks");
      JwkFileKeySource.generate(file, "bench");
      KeySource keys = JwkFileKeySource.load(file);
      Files.delete(file);
      Files.delete(folder);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
