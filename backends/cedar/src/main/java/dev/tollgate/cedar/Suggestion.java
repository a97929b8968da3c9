package dev.tollgate.cedar;

import com.cedarpolicy.model.DetailedError;
import java.util.Collection;

/** The end of a message: what was perhaps meant. */
public final class Suggestion {
  private Suggestion() {}

  static String help(DetailedError error) {
    return error.help.filter(help -> !help.isBlank()).map(help -> "; " + help).orElse("");
  }

  /** The nearest of the known names, or all of them if none is near. */
  public static String of(String name, Collection<String> known) {
    String nearest = "";
    int least = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known.stream().sorted().toList()) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    if (!nearest.isEmpty()) {
      return "; did you mean `" + shown(nearest) + "`?";
    }
    return known.isEmpty()
        ? ""
        : "; known are "
            + String.join(", ", known.stream().sorted().map(Suggestion::shown).toList());
  }

  /** Names of arguments were written by whoever runs the tool's server. */
  private static String shown(String name) {
    return name.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? name : CedarSchema.quote(name);
  }

  /** Levenshtein, where two neighbours swapped count once. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
