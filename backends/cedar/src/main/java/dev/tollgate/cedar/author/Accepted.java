package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicySet;
import dev.tollgate.cedar.author.Finding.Kind;
import dev.tollgate.cedar.author.Finding.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the authors of a set say is meant.
 *
 * @param kinds the sorts of warnings that are accepted
 * @param wrong comments that accept nothing
 */
record Accepted(Set<Kind> kinds, List<Finding> wrong) {
  private static final Pattern COMMENT =
      Pattern.compile("^[ \\t]*//[ \\t]*check:[ \\t]*accept\\b(?<rest>.*)$", Pattern.MULTILINE);
  private static final Pattern ACCEPT = Pattern.compile("(?<kind>[a-z-]+)\\s*:\\s*\\S.*");

  static Accepted in(CedarPolicySet set) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<Finding> wrong = new ArrayList<>();
    set.texts()
        .forEach(
            (name, text) -> {
              Matcher comment = COMMENT.matcher(text);
              while (comment.find()) {
                Kind kind = kind(comment.group("rest").strip());
                if (kind == null) {
                  wrong.add(wrong(name + ":" + line(text, comment.start())));
                } else {
                  kinds.add(kind);
                }
              }
            });
    return new Accepted(kinds, wrong);
  }

  private static @Nullable Kind kind(String rest) {
    Matcher accept = ACCEPT.matcher(rest);
    if (accept.matches()) {
      for (Kind kind : Kind.values()) {
        if (kind.severity() == Severity.WARNING && kind.text().equals(accept.group("kind"))) {
          return kind;
        }
      }
    }
    return null;
  }

  private static long line(String text, int offset) {
    return 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private static Finding wrong(String place) {
    return new Finding(
        Kind.WRONG_ACCEPT,
        place,
        null,
        "accepts nothing",
        "write `// check: accept <kind>: <why>`, with the kind of a warning");
  }
}
