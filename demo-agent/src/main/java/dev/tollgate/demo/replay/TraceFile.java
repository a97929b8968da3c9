package dev.tollgate.demo.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads recorded traces, without their labels. */
public final class TraceFile implements AutoCloseable {
  private final TraceLines lines;

  public TraceFile(Path file) throws IOException {
    this.lines = new TraceLines(file);
  }

  /** The next trace, {@code null} at the end. */
  public @Nullable RecordedTrace next() throws IOException, TraceException {
    JsonNode node = lines.next();
    return node == null ? null : trace(node);
  }

  private RecordedTrace trace(JsonNode node) throws TraceException {
    List<RecordedStep> read = new ArrayList<>();
    for (JsonNode step : node.get("steps")) {
      if (!step.path("tool").isString()) {
        throw lines.broken("step " + read.size() + " names no tool");
      }
      int turn = step.has("turn") ? step.get("turn").asInt() : read.size();
      JsonNode result = step.path("result");
      read.add(
          new RecordedStep(
              turn,
              step.get("tool").asString(),
              step.path("args").toString(),
              result.isString() ? result.asString() : result.toString()));
    }
    return new RecordedTrace(
        node.path("id").asString(""), node.path("suite").asString("unnamed"), prompt(node), read);
  }

  private static String prompt(JsonNode node) {
    return node.has("user_prompt")
        ? node.get("user_prompt").asString("")
        : node.path("user_turns").path(0).path("text").asString("");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
