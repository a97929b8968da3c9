package dev.tollgate.langchain4j.coverage;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the audit file says about the calls that were proposed from a place in it on.
 *
 * @param proposed how many there are
 * @param dispatched how many of them the gate let run
 * @param denied why the others were refused, a reason code each
 * @param approvalsAsked how many wait for a person
 * @param approvalsUsed how many ran because one approved
 */
record Evidence(
    int proposed, int dispatched, List<String> denied, int approvalsAsked, int approvalsUsed) {

  static Evidence read(Path stream, long from) throws IOException {
    List<JsonValue.Members> lines = lines(stream, from);
    // The question of an approval goes on record before the call that asked it.
    Set<String> calls =
        lines.stream()
            .filter(line -> text(line, "kind").equals("proposed"))
            .map(line -> text(line, "call"))
            .collect(Collectors.toSet());
    List<String> denied = new ArrayList<>();
    int[] counts = new int[3];
    for (JsonValue.Members line : lines) {
      if (!calls.contains(text(line, "call"))) {
        continue; // an outer call, or one of before
      }
      switch (text(line, "kind")) {
        case "dispatched" -> counts[0]++;
        case "approval_requested" -> counts[1]++;
        case "approval_used" -> counts[2]++;
        case "refused" -> denied.add(text(line, "reason"));
        case "decided" -> {
          if (text(line, "outcome").equals("deny")) {
            denied.add(text(line, "reason"));
          }
        }
        default -> {}
      }
    }
    return new Evidence(calls.size(), counts[0], denied, counts[1], counts[2]);
  }

  private static List<JsonValue.Members> lines(Path stream, long from) throws IOException {
    byte[] bytes;
    try (RandomAccessFile file = new RandomAccessFile(stream.toFile(), "r")) {
      bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
    }
    StrictJson json = new StrictJson(JsonLimits.DEFAULT);
    List<JsonValue.Members> lines = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        lines.add(json.parseObject(line));
      } catch (JsonRefusedException e) {
        throw new IOException("the audit has a line that is none", e);
      }
    }
    return lines;
  }

  private static String text(JsonValue.Members line, String name) {
    return line.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }
}
