package dev.tollgate.demo.replay;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a trace file, plain or gzipped: one JSON object each, with an array of steps. */
public final class TraceLines implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Path file;
  private final BufferedReader reader;
  private int line;

  public TraceLines(Path file) throws IOException {
    this.file = file;
    InputStream in = Files.newInputStream(file);
    try {
      this.reader =
          new BufferedReader(
              new InputStreamReader(
                  file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                  StandardCharsets.UTF_8));
    } catch (IOException e) {
      in.close();
      throw new IOException(file + ": not gzipped, although its name says so", e);
    }
  }

  /** The next line's object, {@code null} at the end. */
  public @Nullable JsonNode next() throws IOException, TraceException {
    try {
      line++;
      String text = reader.readLine();
      return text == null ? null : whole(JSON.readTree(text));
    } catch (EOFException e) {
      throw broken("the file is cut here");
    } catch (JacksonException e) {
      throw broken("not a JSON object; the file may be cut here");
    }
  }

  private JsonNode whole(JsonNode trace) throws TraceException {
    if (!trace.isObject() || !trace.path("steps").isArray()) {
      throw broken("has no steps: not a file of recorded tool calls");
    }
    return trace;
  }

  /** What is wrong with the line that was read last. */
  public TraceException broken(String problem) {
    return new TraceException(file, line, problem);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
