package dev.tollgate.task;

/**
 * What was asked for, captured before anything untrusted was read.
 *
 * @param source who asked
 * @param text the words, pristine: before retrieval, memory or templates touched them
 */
public record Intent(Source source, String text) {
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

  public static Intent human(String text) {
    return new Intent(Source.HUMAN, text);
  }

  /** Never the words: they are the user's. */
  @Override
  public String toString() {
    return "Intent[" + source.text() + ", " + text.length() + " characters]";
  }
}
