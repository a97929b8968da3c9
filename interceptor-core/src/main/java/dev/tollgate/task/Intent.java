package dev.tollgate.task;

import dev.tollgate.tool.Effect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, captured before anything untrusted was read.
 *
 * @param source who asked
 * @param text the words, pristine: before retrieval, memory or templates touched them
 * @param effects the effects that were asked for; {@code null} if whoever started the task did not
 *     say. They only ever narrow
 */
public record Intent(Source source, String text, @Nullable Set<Effect> effects) {
  public Intent {
    effects = effects == null ? null : Set.copyOf(effects);
  }

  /** What was asked for, without a word on effects. */
  public Intent(Source source, String text) {
    this(source, text, null);
  }

  /** Who asked. */
  public enum Source {
    /** An authenticated person. */
    HUMAN,
    /** A template of the operator. */
    OPERATOR,
    /** Something that happened, such as a mail that arrived. It grants nothing. */
    EVENT;

    private final String text = name().toLowerCase(java.util.Locale.ROOT);

    public String text() {
      return text;
    }
  }

  /** The same, saying which effects are asked for. */
  public Intent asking(Set<Effect> asked) {
    return new Intent(source, text, asked);
  }

  public static Intent human(String text) {
    return new Intent(Source.HUMAN, text);
  }

  /** Never the words: they are the user's. */
  @Override
  public String toString() {
    return "Intent[" + source.text() + ", " + text.length() + " characters]";
  }
}
