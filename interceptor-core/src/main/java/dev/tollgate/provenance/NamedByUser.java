package dev.tollgate.provenance;

import dev.tollgate.json.JsonValue;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.Tool;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which steering arguments have values that the user named: {@link ValueOrigin#USER} if the intent
 * is a person's or an operator's and the value stands in its words as a whole.
 *
 * <ul>
 *   <li>A text of three or more characters is named where the same characters stand as a word of
 *       their own: {@code corp.example} is not named by {@code sub.corp.example}, nor by {@code
 *       corp.example/x}. Letters count as written, except that hosts and mailboxes in destination
 *       arguments match in either case.
 *   <li>A number is named by a number of the same value written in digits, such as {@code 100} or
 *       {@code 100.00}. Digits in groups, percentages, dates and {@code 1.000}, which is a thousand
 *       to some, name nothing.
 *   <li>A list is named if each of its items is, and there is one.
 * </ul>
 *
 * <p>Whatever does not match is absent: nothing is claimed of it. A value that is named was not
 * therefore meant: the user may have named it for something else, in a negation, or pasted it from
 * somebody else's text; a short common word is named by chance. Languages that write no spaces
 * between words name little. Thread-safe; takes time linear in the words and the values.
 */
public final class NamedByUser {
  private final Words words;
  private final Numbers numbers;

  private NamedByUser(String text) {
    words = new Words(text);
    numbers = new Numbers(words);
  }

  /**
   * The origins that are known, by argument.
   *
   * @param task whose intent is searched
   * @param tool which of its arguments steer
   * @param arguments what the call says
   */
  public static Map<String, String> of(Task task, Tool tool, JsonValue.Members arguments) {
    Intent intent = task.intent();
    boolean asked =
        intent.source() == Intent.Source.HUMAN || intent.source() == Intent.Source.OPERATOR;
    if (!asked || intent.text().isEmpty()) {
      return Map.of();
    }
    NamedByUser search = null;
    Map<String, String> origins = new TreeMap<>();
    for (Map.Entry<String, Argument> one : tool.arguments().entrySet()) {
      JsonValue value = arguments.get(one.getKey());
      if (value != null && one.getValue().steering() && one.getValue().type().fits(value)) {
        search = search == null ? new NamedByUser(intent.text()) : search;
        if (search.names(value, one.getValue().destination())) {
          origins.put(one.getKey(), ValueOrigin.USER.text());
        }
      }
    }
    return Map.copyOf(origins);
  }

  private boolean names(JsonValue value, boolean destination) {
    if (value instanceof JsonValue.Text text) {
      return words.hold(text.value(), destination && !text.value().contains("/"));
    }
    if (value instanceof JsonValue.Num number) {
      return numbers.hold(number);
    }
    return value instanceof JsonValue.Array array
        && !array.items().isEmpty()
        && array.items().stream().allMatch(item -> names(item, destination));
  }
}
