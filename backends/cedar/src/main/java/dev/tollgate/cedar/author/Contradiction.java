package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.AttributeVocabulary.Range;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether things can not hold together. "No" only means that nothing was proven. */
final class Contradiction {
  private final AttributeVocabulary vocabulary;
  private final Map<String, Set<String>> texts = new HashMap<>();
  private final Map<String, Range> numbers = new HashMap<>();
  private boolean proven;

  private Contradiction(AttributeVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Whether no call can meet all of it. */
  static boolean in(Set<Literal> together, AttributeVocabulary vocabulary) {
    Contradiction search = new Contradiction(vocabulary);
    for (Literal one : together) {
      if (together.contains(new Literal(one.atom(), !one.holds()))) {
        return true;
      }
      search.numbers(one);
    }
    // What narrows comes before what takes away, so that the order they are written in is no
    // matter.
    together.forEach(search::narrow);
    together.forEach(search::takeAway);
    return search.proven || search.sets(together);
  }

  private void numbers(Literal one) {
    if (one.atom() instanceof Atom.Below below) {
      Range range = range(below.path());
      if (below.limit() == Long.MIN_VALUE) {
        proven |= one.holds();
      } else {
        put(
            below.path(),
            one.holds()
                ? new Range(range.least(), Math.min(range.most(), below.limit() - 1))
                : new Range(Math.max(range.least(), below.limit()), range.most()));
      }
    } else if (one.atom() instanceof Atom.Exactly exactly && one.holds()) {
      Range range = range(exactly.path());
      put(
          exactly.path(),
          new Range(
              Math.max(range.least(), exactly.number()), Math.min(range.most(), exactly.number())));
    }
  }

  private Range range(String path) {
    return numbers.getOrDefault(path, vocabulary.range(path));
  }

  private void put(String path, Range range) {
    numbers.put(path, range);
    proven |= range.least() > range.most();
  }

  private void narrow(Literal one) {
    if (one.atom() instanceof Atom.Among among && one.holds()) {
      Set<String> left = left(among.path());
      Set<String> now = new HashSet<>(among.words());
      if (left != null) {
        now.retainAll(left);
      }
      keep(among.path(), now);
    }
  }

  private void takeAway(Literal one) {
    if (one.atom() instanceof Atom.Among among && !one.holds()) {
      Set<String> left = left(among.path());
      if (left != null) {
        Set<String> now = new HashSet<>(left);
        now.removeAll(among.words());
        keep(among.path(), now);
      }
    } else if (one.atom() instanceof Atom.Like like) {
      Set<String> left = left(like.path());
      if (left != null) {
        Set<String> now = new HashSet<>(left);
        now.removeIf(text -> matches(text, like) != one.holds());
        keep(like.path(), now);
      }
    } else if (one.atom() instanceof Atom.Exactly exactly && !one.holds()) {
      Range range = range(exactly.path());
      proven |= range.least() == exactly.number() && range.most() == exactly.number();
    }
  }

  private @Nullable Set<String> left(String path) {
    Set<String> left = texts.get(path);
    return left == null ? vocabulary.words(path) : left;
  }

  private void keep(String path, Set<String> words) {
    texts.put(path, words);
    proven |= words.isEmpty();
  }

  private boolean sets(Set<Literal> together) {
    for (Literal one : together) {
      if (one.atom() instanceof Atom.Holds holds && one.holds()) {
        Set<String> possible = new HashSet<>(holds.words());
        Set<String> closed = vocabulary.words(holds.path());
        if (closed != null) {
          possible.retainAll(closed);
        }
        for (Literal other : together) {
          if (other.atom() instanceof Atom.Holds not
              && !other.holds()
              && not.path().equals(holds.path())) {
            possible.removeAll(not.words());
          }
        }
        if (possible.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(String text, Atom.Like like) {
    StringBuilder pattern = new StringBuilder();
    for (String piece : like.pieces()) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(piece));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
