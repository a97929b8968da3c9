package dev.tollgate.cedar;

import dev.tollgate.policy.Obligation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code @obligation} of a permit demands: {@code approval}, {@code approval:other},
 * {@code cap_lifetime:30}, or several with commas. Anything else is handed on, and makes the gate
 * deny.
 *
 * @param approval whether a person must approve
 * @param obligations the rest
 */
record Demands(boolean approval, List<Obligation> obligations) {
  static final Demands NONE = new Demands(false, List.of());
  private static final Pattern CAP = Pattern.compile("cap_lifetime:([1-9][0-9]{0,5})");

  Demands {
    obligations = List.copyOf(obligations);
  }

  static Demands parse(@Nullable String annotation) {
    if (annotation == null) {
      return NONE;
    }
    boolean approval = false;
    List<Obligation> obligations = new ArrayList<>();
    for (String raw : annotation.split(",", -1)) {
      String word = raw.strip();
      Matcher cap = CAP.matcher(word);
      if (word.equals("approval")) {
        approval = true;
      } else if (word.equals("approval:other")) {
        approval = true;
        obligations.add(new Obligation.ApprovedByOther());
      } else if (cap.matches()) {
        obligations.add(
            new Obligation.CapLifetime(Duration.ofSeconds(Long.parseLong(cap.group(1)))));
      } else {
        obligations.add(new Obligation.Unknown(word));
      }
    }
    return new Demands(approval, obligations);
  }

  /** Both: every permit that carries the decision has its say. */
  Demands and(Demands other) {
    List<Obligation> both = new ArrayList<>(obligations);
    both.addAll(other.obligations);
    return new Demands(approval || other.approval, both);
  }
}
