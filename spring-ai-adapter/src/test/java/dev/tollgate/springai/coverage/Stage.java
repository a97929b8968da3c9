package dev.tollgate.springai.coverage;

import dev.tollgate.ToolGate;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageEvidence;
import dev.tollgate.testkit.coverage.CoverageGate;
import dev.tollgate.testkit.coverage.CoverageManifest;
import dev.tollgate.testkit.coverage.CoverageTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The applications of a run, each made when the first trial needs it, all with one gate. */
final class Stage implements AutoCloseable {
  private static final String HERE = "https://here.example";
  // Of two kinds of HTTP clients the connection would have one each.
  private static final String WITHOUT_WEB_CLIENT =
      "spring.autoconfigure.exclude="
          + "org.springframework.ai.mcp.client.webflux.autoconfigure.SseWebFluxTransportAutoConfiguration,"
          + "org.springframework.ai.mcp.client.webflux.autoconfigure"
          + ".StreamableHttpWebFluxTransportAutoConfiguration";
  private final Remote remote = new Remote(this);
  private final Script script = new Script();
  private final CoverageGate gate;
  private final Map<String, ConfigurableApplicationContext> applications = new HashMap<>();

  Stage(Path folder) {
    this.gate =
        new CoverageGate(
            folder,
            CoverageManifest.of(
                Map.of(
                    Deed.NAME,
                    HERE,
                    ByName.NAME,
                    HERE,
                    ServedTools.CALLBACK,
                    HERE,
                    ServedTools.ANNOTATED,
                    HERE,
                    ServedTools.ADDED,
                    HERE,
                    ServedTools.ADDED_CALLBACK,
                    HERE,
                    ServedTools.ADDED_GUARDED,
                    HERE,
                    Remote.TOOL,
                    remote.origin())));
  }

  Trial begin(CoverageCase given) {
    script.clear();
    return new Trial(this, gate.begin(given));
  }

  /** For bodies that are there before a trial is. */
  CoverageTrial current() {
    return gate.current();
  }

  Script script() {
    return script;
  }

  /** An application with chat clients, and an MCP client of a server that is not its own. */
  ApplicationContext agents() {
    return agents("SYNC");
  }

  ApplicationContext agents(String mcpClient) {
    return applications.computeIfAbsent(
        "agents " + mcpClient,
        name ->
            application(
                WebApplicationType.NONE,
                "spring.ai.mcp.server.enabled=false",
                WITHOUT_WEB_CLIENT,
                "spring.ai.mcp.client.type=" + mcpClient,
                "spring.ai.mcp.client.streamable-http.connections.remote.url=" + remote.origin(),
                // Where it is off, a name that was not offered ends the chat and runs nothing.
                "spring.ai.tools.resolution.fallback.enabled=true"));
  }

  /** A client of Boot's builder. */
  ChatClient client() {
    return agents().getBean(ChatClient.Builder.class).build();
  }

  /** An application that serves tools over MCP. */
  ApplicationContext server(String type, String protocol) {
    return applications.computeIfAbsent(
        type + " " + protocol,
        name ->
            application(
                WebApplicationType.SERVLET,
                "server.port=0",
                "spring.ai.mcp.client.enabled=false",
                "spring.ai.mcp.server.type=" + type,
                "spring.ai.mcp.server.protocol=" + protocol));
  }

  private ConfigurableApplicationContext application(WebApplicationType type, String... settings) {
    return new SpringApplicationBuilder(
            type == WebApplicationType.NONE ? Agents.class : Servers.class)
        .web(type)
        .initializers(context -> provide((GenericApplicationContext) context))
        .properties(settings)
        .properties(
            "spring.application.name=" + CoverageGate.AGENT,
            "spring.config.name=coverage", // no file of the module that it runs in
            "spring.main.banner-mode=off",
            "spring.main.log-startup-info=false",
            "spring.main.register-shutdown-hook=false")
        .run();
  }

  private void provide(GenericApplicationContext context) {
    context.registerBean(ToolGate.class, gate::gate);
    context.registerBean(Stage.class, () -> this, bean -> bean.setDestroyMethodName(""));
    context.registerBean(
        ChatModel.class,
        () -> Line.model(script, context.getBean(ToolCallingManager.class)),
        bean -> bean.setLazyInit(true));
  }

  /** Ends it all; only then the audit can be read. */
  @Override
  public void close() {
    applications.values().forEach(ConfigurableApplicationContext::close);
    gate.close();
    remote.close();
  }

  CoverageEvidence evidence(Trial trial) throws IOException {
    return gate.evidence(trial.counted());
  }
}
