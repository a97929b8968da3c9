package dev.tollgate.demo.agent;

import dev.tollgate.ToolGate;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes agents by the name of their framework. */
public final class AgentLoops {
  /** The frameworks, as {@code --framework} names them. */
  public static final List<String> FRAMEWORKS = List.of("langchain4j", "spring-ai");

  private AgentLoops() {}

  /**
   * The frameworks that {@code --framework} means.
   *
   * @param name one of them, or {@code both}
   */
  public static List<String> named(String name) {
    if (name.equals("both")) {
      return FRAMEWORKS;
    }
    if (!FRAMEWORKS.contains(name)) {
      throw new IllegalArgumentException("--framework is langchain4j, spring-ai or both");
    }
    return List.of(name);
  }

  /**
   * An agent that works in the office, with a scripted model unless a real one is named.
   *
   * @param colleague whom it can hand work to
   */
  public static AgentLoop inOffice(
      String framework,
      ToolGate gate,
      URI office,
      Colleague colleague,
      OpenTelemetry telemetry,
      @Nullable ModelEndpoint real) {
    return switch (framework) {
      case "langchain4j" -> LangChain4jLoop.inOffice(gate, office, colleague, real);
      case "spring-ai" -> SpringAiLoop.inOffice(gate, office, colleague, telemetry, real);
      default -> throw new IllegalArgumentException("no framework '" + framework + "'");
    };
  }
}
