package dev.tollgate.demo.agent;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.ApprovedCalls;
import dev.tollgate.springai.TollgateAutoConfiguration;
import dev.tollgate.springai.credential.CallCredentialAutoConfiguration;
import dev.tollgate.task.Caller;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;

/**
 * A Spring AI agent. The starter on the class path is what puts the gate in; the tools know nothing
 * of it.
 */
public final class SpringAiLoop implements AgentLoop {
  // Named one by one: the office's starters on this class path must not start in the agent.
  @ImportAutoConfiguration({
    ToolGateAutoConfiguration.class,
    TollgateAutoConfiguration.class,
    CallCredentialAutoConfiguration.class,
    ToolCallingAutoConfiguration.class,
    ChatClientAutoConfiguration.class,
    HttpClientAutoConfiguration.class,
    RestClientAutoConfiguration.class
  })
  private static final class Parts {}

  private final AtomicReference<Script> playing = new AtomicReference<>(new Script(List.of()));
  private final ConfigurableApplicationContext context;
  private final List<ToolCallback> tools;
  private final ChatClient client;

  private SpringAiLoop(
      ToolGate gate,
      OpenTelemetry telemetry,
      @Nullable ModelEndpoint real,
      Function<ConfigurableApplicationContext, List<ToolCallback>> tools) {
    ChatModel model = real == null ? new ScriptedSpringModel(playing::get) : real.springAi();
    this.context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .initializers(
                made -> {
                  GenericApplicationContext beans = (GenericApplicationContext) made;
                  // Another's bean: whoever made the gate closes it.
                  beans.registerBean(
                      ToolGate.class,
                      () -> gate,
                      definition -> definition.setDestroyMethodName(""));
                  beans.registerBean(ChatModel.class, () -> model);
                  beans.registerBean(ObservationRegistry.class, () -> observations(telemetry));
                })
            .run();
    this.tools = tools.apply(context);
    this.client =
        context.getBean(ChatClient.Builder.class).defaultTools(this.tools.toArray()).build();
  }

  /** An agent that works in the office. */
  public static SpringAiLoop inOffice(
      ToolGate gate,
      URI office,
      Colleague colleague,
      OpenTelemetry telemetry,
      @Nullable ModelEndpoint real) {
    return new SpringAiLoop(
        gate,
        telemetry,
        real,
        context -> {
          RestClient.Builder builder = context.getBean(RestClient.Builder.class);
          OfficeClient client = new SpringOfficeClient(builder, office);
          return List.of(ToolCallbacks.from(new SpringTools(client, colleague)));
        });
  }

  /** Spring AI's own spans, through the bridge that a Spring Boot application has. */
  private static ObservationRegistry observations(OpenTelemetry telemetry) {
    ObservationRegistry registry = ObservationRegistry.create();
    OtelTracer tracer =
        new OtelTracer(telemetry.getTracer("spring"), new OtelCurrentTraceContext(), event -> {});
    registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
    return registry;
  }

  @Override
  public String ask(Caller caller, String message, Script model, boolean streaming) {
    playing.set(model);
    try (Scope scope = caller.open()) {
      if (!streaming) {
        return String.valueOf(client.prompt().user(message).call().content());
      }
      List<String> parts =
          client.prompt().user(message).stream()
              .content()
              .collectList()
              .block(Duration.ofSeconds(60));
      return parts == null ? "" : String.join("", parts);
    }
  }

  @Override
  public String resume(String approvalId, Caller caller) {
    return context.getBean(ApprovedCalls.class).resume(approvalId, caller, tools);
  }

  @Override
  public void close() {
    context.close();
  }
}
