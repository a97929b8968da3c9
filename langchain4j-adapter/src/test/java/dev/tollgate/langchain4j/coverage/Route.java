package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageVerdict;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way that a tool call takes through the framework.
 *
 * @param path its name on the page
 * @param kind who is to govern it
 * @param streams whether it has a streaming form as well
 * @param calls how many calls go this way when it is driven once
 * @param drive makes the framework do it
 * @param resumable the tools for an approved call to run; {@code null} where nothing is resumed
 */
record Route(
    String path,
    Kind kind,
    boolean streams,
    int calls,
    Drive drive,
    @Nullable Function<Trial, Map<ToolSpecification, ToolExecutor>> resumable) {

  /** Who is to govern a path. */
  enum Kind {
    /** The adapter alone. */
    SPI,
    /** The adapter alone, and there is no tool that could run. */
    MADE_UP_NAME,
    /** The adapter with the weaver; without it the call escapes. */
    ASPECT;

    String layer() {
      return this == ASPECT ? "aspectj" : "spi";
    }
  }

  /** Takes a call down the path, once. */
  @FunctionalInterface
  interface Drive {
    void run(Trial trial, boolean streamed) throws Exception;
  }

  static Route spi(String path, Drive drive) {
    return new Route(path, Kind.SPI, false, 1, drive, null);
  }

  static Route aspect(String path, Drive drive) {
    return new Route(path, Kind.ASPECT, false, 1, drive, null);
  }

  /** Whether what came of a trial is as it should be. */
  boolean ok(CoverageVerdict verdict, CoverageCase given, boolean woven) {
    return switch (kind) {
      case MADE_UP_NAME -> verdict.unknownTool(given, calls);
      case SPI -> verdict.governed(given, calls, resumable != null, true);
      // What an aspect calls a call is not in this suite's manifest.
      case ASPECT ->
          woven ? verdict.governed(given, calls, resumable != null, false) : verdict.escaped(calls);
    };
  }

  Route streaming() {
    return new Route(path, kind, true, calls, drive, resumable);
  }

  Route calls(int many) {
    return new Route(path, kind, streams, many, drive, resumable);
  }

  Route madeUp() {
    return new Route(path, Kind.MADE_UP_NAME, streams, calls, drive, null);
  }

  Route resumedWith(Function<Trial, Map<ToolSpecification, ToolExecutor>> tools) {
    return new Route(path, kind, streams, calls, drive, tools);
  }
}
