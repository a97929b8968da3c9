package dev.tollgate.springai;

import dev.tollgate.Admission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate's answers to the calls of one turn. Each is handed out once; what is left at the end of
 * the turn is handed out together, and nothing after that. Thread-safe.
 */
final class OpenAdmissions {
  private final List<Admission> decided;
  // What the model wrote, as long as the answer to it is here.
  private final @Nullable String[] texts;
  private boolean ended;

  /**
   * @param decided one answer for each of the texts
   */
  OpenAdmissions(List<Admission> decided, @Nullable String[] texts) {
    this.decided = decided;
    this.texts = texts;
  }

  /** All that were decided on, handed out or not. */
  List<Admission> decided() {
    return decided;
  }

  /**
   * The next answer to just this call: calls have no id here, but come in the order of the list.
   *
   * @return {@code null} if none is left
   */
  synchronized @Nullable Admission take(String name, String text) {
    for (int i = 0; i < texts.length; i++) {
      Admission next = decided.get(i);
      if (text.equals(texts[i]) && next.call().tool().name().equals(name)) {
        texts[i] = null;
        return next;
      }
    }
    return null;
  }

  /** Ends the turn, and hands out what nobody has taken. */
  synchronized List<Admission> end() {
    ended = true;
    List<Admission> left = List.of();
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        texts[i] = null;
        left = left.isEmpty() ? new ArrayList<>() : left;
        left.add(decided.get(i));
      }
    }
    return left;
  }

  synchronized boolean ended() {
    return ended;
  }
}
