package dev.tollgate.cedar;

import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Policies that validate and calls that are well-typed, from a seed. */
final class Generated {
  static final List<Tool> TOOLS =
      List.of(
          Office.tool("mail_inbox"),
          Office.tool("mail_send"),
          Office.tool("file_read"),
          Office.tool("file_write"),
          Office.tool("bank_pay"),
          Office.MANIFEST.describe(new ToolDefinition("file_read", "", "", "mcp:files")),
          Office.unlisted("shell", "mcp:files"),
          Office.unlisted("file_write", "mcp:evil"));

  private static final List<String> PRINCIPALS =
      List.of(
          "principal",
          "principal == Agent::\"assistant\"",
          "principal in AgentGroup::\"office\"",
          "principal in AgentGroup::\"lab\"",
          "principal is Agent in AgentGroup::\"office\"");
  private static final List<String> ACTIONS =
      List.of(
          "action",
          "action == Action::\"mail_send\"",
          "action == Action::\"bank_pay\"",
          "action == Action::\"file_write\"",
          "action in [Action::\"file_read\", Action::\"bank_pay\"]",
          "action in [Action::\"effect:send\", Action::\"mail_inbox\"]",
          "action in Action::\"file_read\"",
          "action in Action::\"effect:read\"",
          "action in Action::\"effect:admin\"",
          "action in Action::\"source:mcp:files\"",
          "action in [Action::\"unlisted\", Action::\"unlisted:mcp:files\"]");
  private static final List<String> RESOURCES =
      List.of(
          "resource", "resource", "resource == Destination::\"bank\"", "resource is Destination");
  private static final List<String> CONDITIONS =
      List.of(
          "context.environment == \"production\"",
          "context.intent.source == \"human\"",
          "context.subject != {\"id\": \"alice\", \"tenant\": \"acme\"}",
          "context.task.ageSeconds > 60",
          "context.tool.listed",
          "[\"read\", \"pay\"].contains(context.tool.effect)",
          "context.subject == {\"id\": \"alice\", \"tenant\": \"acme\"}",
          "(if context.tool.listed then context else context).time.hour < 18",
          "context.time.weekday < 6 && context.time.hour >= 8",
          "action in Action::\"effect:read\"",
          "action == Action::\"bank_pay\"",
          "resource == Destination::\"mcp:files\"",
          "principal in AgentGroup::\"lab\"",
          "context.task.ageSeconds * 200000000000000000 > 5");
  private static final List<String> ARGUMENT_CONDITIONS =
      List.of(
          "context.args has to && context.args.to like \"*@office.example\"",
          "context.args has path && context.args.path like \"/shared/*\"",
          "context.args has amount && context.args.amount.lessThan(decimal(\"50.0\"))",
          "context.args has copies && context.args.copies * 4611686018427387904 > 3",
          "context.args has cc && context.args.cc.containsAny([\"a\", \"b\"])",
          "context.args has urgent && context.args.urgent");

  private Generated() {}

  static String policies(Random random, int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(random.nextInt(3) == 0 ? "forbid" : "permit").append(" (");
      out.append(pick(random, PRINCIPALS)).append(", ");
      String action = pick(random, ACTIONS);
      out.append(action).append(", ").append(pick(random, RESOURCES)).append(")\n");
      List<String> args = arguments(action);
      for (int n = random.nextInt(3) + (i % 2); n > 0; n--) {
        List<String> from = args.isEmpty() || random.nextBoolean() ? CONDITIONS : args;
        out.append(random.nextInt(4) == 0 ? "unless { " : "when { ");
        out.append(guard(random, pick(random, from)));
        out.append(" }\n");
      }
      out.append(";\n");
    }
    return out.toString();
  }

  /** Any argument may be asked for where the head is open; elsewhere it must be the tool's. */
  private static List<String> arguments(String action) {
    return switch (action) {
      case "action" -> ARGUMENT_CONDITIONS;
      case "action == Action::\"mail_send\"" ->
          ARGUMENT_CONDITIONS.stream().filter(c -> c.matches(".* has (to|cc|urgent) .*")).toList();
      case "action == Action::\"bank_pay\"" ->
          ARGUMENT_CONDITIONS.stream().filter(c -> c.matches(".* has (amount|copies) .*")).toList();
      case "action == Action::\"file_write\"" ->
          ARGUMENT_CONDITIONS.stream().filter(c -> c.contains(" has path ")).toList();
      default -> List.of();
    };
  }

  /** Keeps Cedar from proving that the condition is always true or always false. */
  private static String guard(Random random, String condition) {
    String other = random.nextBoolean() ? "eve" : "alice";
    return "context.task.id != \"t-2\" && (("
        + condition
        + ") || context.subject.id == \""
        + other
        + "\")";
  }

  static PolicyRequest request(Random random) {
    StringJoiner args = new StringJoiner(",", "{", "}");
    maybe(random, args, "\"to\":\"x@office.example\"", "\"to\":\"x@evil\"");
    maybe(random, args, "\"path\":\"/shared/a\"", "\"path\":\"/a\"");
    maybe(random, args, "\"amount\":49.99", "\"amount\":50");
    maybe(random, args, "\"copies\":1", "\"copies\":2");
    maybe(random, args, "\"cc\":[\"b\",\"c\"]", "\"cc\":[]");
    maybe(random, args, "\"urgent\":true", "\"urgent\":false");
    maybe(random, args, "\"other\":null", "\"other\":{}");
    Intent.Source source = pick(random, List.of(Intent.Source.values()));
    String[] groups =
        List.of(new String[0], new String[] {"office"}, new String[] {"office", "lab"})
            .get(random.nextInt(3));
    return Office.call(Office.task(source, groups), pick(random, TOOLS), args.toString());
  }

  private static void maybe(Random random, StringJoiner args, String one, String other) {
    int which = random.nextInt(3);
    if (which > 0) {
      args.add(which == 1 ? one : other);
    }
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
