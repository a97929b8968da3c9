package dev.tollgate.cedar.author;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The calls of audit streams, in the order of their first record. Reading does not verify: that is
 * what {@link dev.tollgate.audit.AuditVerifier} is for.
 *
 * @param calls the calls
 * @param unreadable how many lines are no records
 */
public record AuditedCalls(List<AuditedCall> calls, int unreadable) {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(1024 * 1024, 8));

  public AuditedCalls {
    calls = List.copyOf(calls);
  }

  /**
   * Reads one stream, or all {@code *.jsonl} of a folder.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  public static AuditedCalls read(Path streamOrFolder) throws IOException {
    Map<String, AuditedCall> calls = new LinkedHashMap<>();
    int unreadable = 0;
    for (Path stream : streams(streamOrFolder)) {
      try (BufferedReader lines = Files.newBufferedReader(stream)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          unreadable += add(line, calls) ? 0 : 1;
        }
      }
    }
    return new AuditedCalls(List.copyOf(calls.values()), unreadable);
  }

  /** The streams of a folder, or the one that is named. */
  public static List<Path> streams(Path streamOrFolder) throws IOException {
    if (!Files.isDirectory(streamOrFolder)) {
      return List.of(streamOrFolder);
    }
    try (Stream<Path> files = Files.list(streamOrFolder)) {
      List<Path> streams =
          files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
      if (streams.isEmpty()) {
        throw new IOException(streamOrFolder + ": has no audit stream (*.jsonl)");
      }
      return streams;
    }
  }

  private static boolean add(String line, Map<String, AuditedCall> calls) {
    try {
      JsonValue.Members record = JSON.parseObject(line);
      String id = AuditedCall.text(record, "call");
      if (!id.isEmpty()) {
        AuditedCall call = calls.getOrDefault(id, new AuditedCall(id, null, null, null));
        calls.put(id, call.with(AuditedCall.text(record, "kind"), record));
      }
      return true;
    } catch (JsonRefusedException e) {
      return false;
    }
  }
}
