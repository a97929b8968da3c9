package dev.tollgate.demo.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Made-up traces of a gardener's agent, written to a file. */
final class Traces {
  /** What the tools do. */
  static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      tools:
        - { name: read_note, effect: read }
        - { name: list_plants, effect: read }
        - { name: water_bed, effect: write }
        - { name: order_seeds, effect: pay }
        - { name: mail_neighbour, effect: send }
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final List<String> lines = new ArrayList<>();

  static ObjectNode trace(String id, String role, String... tools) {
    ObjectNode trace = JSON.createObjectNode();
    trace.put("id", id).put("source", "garden").put("suite", "beds");
    trace.put("user_task", "task_" + id.charAt(0)).put("eval_role", role);
    trace.put("user_prompt", "Look after the garden");
    ArrayNode steps = trace.putArray("steps");
    for (int i = 0; i < tools.length; i++) {
      ObjectNode step = steps.addObject().put("i", i).put("turn", i).put("tool", tools[i]);
      step.putObject("args").put("bed", "north");
      step.put("result", "done " + i);
    }
    return trace;
  }

  /** An attack of which all these steps are needed. */
  static ObjectNode attack(String id, List<Integer> any, String... tools) {
    return attack(id, any, List.of(), tools);
  }

  /** An attack of which all these steps are needed, and one of each of these groups. */
  static ObjectNode attack(
      String id, List<Integer> any, List<List<Integer>> groups, String... tools) {
    ObjectNode trace = trace(id, "attack_success", tools);
    trace.put("injection_goal", "Order a thousand gnomes");
    ObjectNode label = trace.putObject("attack_label");
    any.forEach(label.putArray("critical_any")::add);
    ArrayNode all = label.putArray("critical_groups");
    groups.forEach(group -> group.forEach(all.addArray()::add));
    return trace;
  }

  Traces with(ObjectNode trace) {
    lines.add(trace.toString());
    return this;
  }

  Path write(Path folder) throws IOException {
    return write(folder, "garden.jsonl", null);
  }

  Path write(Path folder, String name, @Nullable String tail) throws IOException {
    return Files.writeString(
        folder.resolve(name), String.join("\n", lines) + "\n" + (tail == null ? "" : tail));
  }
}
