package dev.tollgate.springai;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.json.Shown;
import dev.tollgate.task.Task;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Tools that the model's provider runs, which never come into this process: they can only be
 * refused as options, before the model is asked. Each is decided on like a call of a tool that has
 * the option's name and the source {@code provider}.
 */
final class ProviderTools {
  private static final Logger log = LoggerFactory.getLogger(ProviderTools.class);
  private static final String SOURCE = "provider";

  private static final Set<String> FUNCTION =
      Set.of("type", "function", "name", "description", "parameters", "strict");

  private ProviderTools() {}

  /**
   * The names of the options that ask for such tools, or may: {@link PlainOptions} says which do
   * not. Of options that are passed on as they are, such as {@code extraBody}, each entry.
   */
  static List<String> asked(@Nullable ChatOptions options) {
    if (options == null) {
      return List.of();
    }
    List<String> asked = new ArrayList<>();
    if (!HeldOptions.visible(options)) {
      asked.add("options");
    }
    if (options instanceof Map<?, ?> raw) {
      entries("options", raw, asked);
    }
    HeldOptions.of(options).forEach((name, value) -> property(name, value, asked));
    return asked;
  }

  private static void property(String name, Object held, List<String> asked) {
    Object value = held instanceof Optional<?> maybe ? maybe.orElse(null) : held;
    if (value instanceof Map<?, ?> raw && raw.isEmpty()) {
      return;
    }
    if (value instanceof Map<?, ?> raw && PlainOptions.headers(name)) {
      headers(name, raw, asked);
    } else if (value instanceof Map<?, ?> raw && PlainOptions.passedOn(name)) {
      entries(name, raw, asked);
    } else if (asks(name, value)) {
      asked.add(name);
    }
  }

  private static void entries(String name, Map<?, ?> raw, List<String> asked) {
    raw.forEach(
        (key, value) -> {
          String entry = String.valueOf(key);
          if (!PlainOptions.known(entry) && asks(entry, value)) {
            asked.add(name + "." + entry);
          }
        });
  }

  /** A header turns on what it names, or what the betas are of that it names. */
  private static void headers(String name, Map<?, ?> headers, List<String> asked) {
    headers.forEach(
        (key, value) -> {
          String header = String.valueOf(key);
          boolean beta = PlainOptions.normal(header).endsWith("beta");
          if (PlainOptions.mentions(beta ? header + value : header)) {
            asked.add(name + "." + header);
          }
        });
  }

  /** An empty object does ask, in raw requests: there it means that nothing is said beyond. */
  private static boolean asks(String name, @Nullable Object value) {
    if (value == null || value.equals(false)) {
      return false;
    }
    if (value instanceof CharSequence text && text.toString().isBlank()) {
      return false;
    }
    if (value instanceof Collection<?> many && many.isEmpty()) {
      return false;
    }
    return PlainOptions.normal(name).equals("tools")
        ? !functions(value)
        : !PlainOptions.harmless(name, value);
  }

  /** Functions come back to this process as calls, and are decided on there. */
  private static boolean functions(Object tools) {
    return tools instanceof Collection<?> many && many.stream().allMatch(ProviderTools::function);
  }

  private static boolean function(@Nullable Object tool) {
    if (tool instanceof Map<?, ?> raw) {
      return "function".equals(raw.get("type"))
          && raw.keySet().stream().allMatch(key -> FUNCTION.contains(String.valueOf(key)));
    }
    return tool != null
        && tool.getClass().getSimpleName().equals("FunctionTool")
        && "function".equalsIgnoreCase(String.valueOf(HeldOptions.of(tool).get("type")));
  }

  /**
   * Asks the gate about each.
   *
   * @throws ToolDeniedException if one is denied: the model must not be asked
   */
  static void decide(Supplier<ToolGate> gates, @Nullable Task task, @Nullable ChatOptions options) {
    for (String option : asked(options)) {
      ToolGate gate = gates.get();
      ToolDefinition definition =
          new ToolDefinition(option, "Run by the model's provider.", "{}", SOURCE);
      ToolResult result =
          gate.call(
              gate.propose(
                  new Proposal(task, gate.describe(definition), "{}", null, SpanOwner.GATE)),
              arguments -> ToolResult.returned(""));
      if (result instanceof ToolResult.Denied denied) {
        log.warn(
            "A chat was refused: its option {} has the model's provider run tools, or may ({})",
            Shown.text(option),
            denied.denial().reason().code());
        throw new ToolDeniedException(denied.denial());
      }
      if (result instanceof ToolResult.Failed failed) {
        throw new IllegalStateException("the provider's tool was not decided on", failed.cause());
      }
    }
  }
}
