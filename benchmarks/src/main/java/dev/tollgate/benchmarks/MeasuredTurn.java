package dev.tollgate.benchmarks;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.TollgateAutoConfiguration;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** One tool call as Spring AI's manager executes it: the container's, behind the gate, or bare. */
final class MeasuredTurn {
  private static final String ASKED = "Pay the office supplies";

  // What an application gets by the jar on its class path, without the parts that no call needs.
  @ImportAutoConfiguration({
    ToolGateAutoConfiguration.class,
    TollgateAutoConfiguration.class,
    ToolCallingAutoConfiguration.class
  })
  private static final class Parts {}

  private final List<ChatResponse> responses = new ArrayList<>();
  private final Prompt prompt;
  private final ToolCallingManager manager;
  private final Runnable close;
  private int next;

  private MeasuredTurn(ToolCallingManager manager, Runnable close) {
    this.manager = manager;
    this.close = close;
    ToolCallback[] tools = ToolCallbacks.from(new SpringPayTool());
    this.prompt =
        new Prompt(
            List.of(new UserMessage(ASKED)),
            ToolCallingChatOptions.builder().toolCallbacks(tools).build());
    for (int payee = 0; payee < MeasuredGate.PAYEES; payee++) {
      var call =
          new AssistantMessage.ToolCall(
              "call_1", "function", PayTool.NAME, PayTool.arguments(payee));
      responses.add(
          new ChatResponse(
              List.of(
                  new Generation(
                      AssistantMessage.builder().content("").toolCalls(List.of(call)).build()))));
    }
  }

  static MeasuredTurn bare() {
    return new MeasuredTurn(ToolCallingManager.builder().build(), () -> {});
  }

  /** Behind the gate, in a task that is open on this thread until {@link #end}. */
  @SuppressWarnings("MustBeClosedChecker") // closed by end()
  static MeasuredTurn gated(AuditSink audit) {
    OpenTelemetrySdk telemetry = MeasuredGate.telemetry();
    ToolGate gate =
        MeasuredGate.parts(MeasuredFramework.keys(), telemetry, manifest -> new PermittingPolicy())
            .audit(audit)
            .build();
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .initializers(
                made -> ((GenericApplicationContext) made).registerBean(ToolGate.class, () -> gate))
            .run();
    Scope task =
        gate.startTask(
                Intent.human(ASKED), AgentIdentity.of("clerk"), Caller.of("bench", "ada"), null)
            .open();
    return new MeasuredTurn(
        context.getBean(ToolCallingManager.class),
        () -> {
          task.close();
          context.close();
          telemetry.close();
        });
  }

  /** Executes one call as an advisor's loop does. What did not run is no measurement. */
  String call() {
    // Always the same payee would be a loop, and the guard would stop it.
    ChatResponse response = responses.get(next++ % MeasuredGate.PAYEES);
    var history = manager.executeToolCalls(prompt, response).conversationHistory();
    String result =
        ((ToolResponseMessage) history.get(history.size() - 1))
            .getResponses()
            .get(0)
            .responseData();
    if (!result.equals("\"" + PayTool.RESULT + "\"")) {
      throw new IllegalStateException("the tool did not run: " + result);
    }
    return result;
  }

  void end() {
    close.run();
  }
}
