package dev.tollgate.springai.coverage;

import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageVerdict;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/**
 * One way that a tool call takes through the framework.
 *
 * @param path its name on the page
 * @param layer who is to govern it
 * @param streams whether it has a streaming form as well
 * @param unknown whether there is no tool that could run
 * @param credential whether the body must have the call's credential when it runs
 * @param drive makes the framework do it
 * @param resumable the tools for an approved call to run; {@code null} where nothing is resumed
 */
record Route(
    String path,
    Layer layer,
    boolean streams,
    boolean unknown,
    boolean credential,
    Drive drive,
    @Nullable Function<Trial, List<ToolCallback>> resumable) {

  /** Who is to govern a path. */
  enum Layer {
    /** The guard around managers. */
    MANAGER("manager"),
    /** The advisor that captures the intent. */
    ADVISOR("advisor"),
    /** The guard around what finds a tool by its name. */
    RESOLVER("resolver"),
    /** The guard around what an MCP server serves. */
    MCP_SERVER("mcp-server"),
    /** Only the weaver; without it the call escapes. */
    ASPECTJ("aspectj"),
    /** Nobody, with or without the weaver. */
    NONE("none");

    private final String text;

    Layer(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Takes a call down the path, once. */
  @FunctionalInterface
  interface Drive {
    void run(Trial trial, boolean streamed) throws Exception;
  }

  static Route of(String path, Layer layer, Drive drive) {
    return new Route(path, layer, false, false, true, drive, null);
  }

  Route streaming() {
    return new Route(path, layer, true, unknown, credential, drive, resumable);
  }

  /** The model made the name up, or was not offered it. */
  Route unknownTool() {
    return new Route(path, layer, streams, true, credential, drive, null);
  }

  Route withoutCredential() {
    return new Route(path, layer, streams, unknown, false, drive, resumable);
  }

  Route resumedWith(Function<Trial, List<ToolCallback>> tools) {
    return new Route(path, layer, streams, unknown, credential, drive, tools);
  }

  /** Whether what came of a trial is as it should be. */
  boolean ok(CoverageVerdict verdict, CoverageCase given, boolean woven) {
    if (layer == Layer.NONE || (layer == Layer.ASPECTJ && !woven)) {
      return verdict.escaped(1);
    }
    return unknown
        ? verdict.unknownTool(given, 1)
        : verdict.governed(given, 1, resumable != null, credential);
  }
}
