package dev.tollgate.demo.replay;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads recorded traces, one JSON object a line, plain or gzipped. */
final class TraceFile implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Path file;
  private final BufferedReader reader;
  private int line;

  TraceFile(Path file) throws IOException {
    this.file = file;
    InputStream in = Files.newInputStream(file);
    this.reader =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                StandardCharsets.UTF_8));
  }

  /** The next trace, {@code null} at the end. */
  @Nullable RecordedTrace next() throws IOException, TraceException {
    try {
      line++;
      String text = reader.readLine();
      return text == null ? null : trace(JSON.readTree(text));
    } catch (EOFException e) {
      throw new TraceException(file, line, "the file is cut here");
    } catch (JacksonException e) {
      throw new TraceException(file, line, "not a JSON object; the file may be cut here");
    }
  }

  private RecordedTrace trace(JsonNode node) throws TraceException {
    JsonNode steps = node.get("steps");
    if (!node.isObject() || steps == null || !steps.isArray()) {
      throw new TraceException(file, line, "has no steps: not a file of recorded tool calls");
    }
    List<RecordedStep> read = new ArrayList<>();
    for (JsonNode step : steps) {
      if (!step.path("tool").isString()) {
        throw new TraceException(file, line, "step " + read.size() + " names no tool");
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
    reader.close();
  }
}
