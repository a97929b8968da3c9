package dev.tollgate.cedar;

import dev.tollgate.policy.Obligation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code @obligation} of a permit demands, one word or several with commas: {@code
 * approval}, {@code approval:other}, {@code approval:role:<role>}, {@code cap_lifetime:30}, {@code
 * narrow_scope:<scope> <scope>…}, {@code label:<label>}, {@code mask:<member> <member>…}. Anything
 * else, also one of these that is mistyped, is handed on and makes the gate deny.
 *
 * @param approval whether a person must approve
 * @param obligations the rest
 */
record Demands(boolean approval, List<Obligation> obligations) {
  static final Demands NONE = new Demands(false, List.of());
  private static final Pattern CAP = Pattern.compile("cap_lifetime:([1-9][0-9]{0,5})");
  private static final String NAME = "[a-z0-9._-]{1,64}";
  private static final Pattern ROLE = Pattern.compile("approval:role:(" + NAME + ")");
  private static final Pattern LABEL = Pattern.compile("label:(" + NAME + ")");

  /** RFC 6749, section 3.3, without the comma that separates obligations. */
  private static final Pattern SCOPES = list("narrow_scope", "[!#-+\\--\\[\\]-~]{1,256}");

  /** A name in JSON may have anything in it; what has a space or a comma cannot be masked. */
  private static final Pattern MEMBERS = list("mask", "[^\\s,\\p{Cc}\\p{Cf}]{1,128}");

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
      if (word.equals("approval")) {
        approval = true;
      } else {
        Obligation one = obligation(word);
        approval |=
            one instanceof Obligation.ApprovedByOther || one instanceof Obligation.ApprovedByRole;
        obligations.add(one);
      }
    }
    return new Demands(approval, obligations);
  }

  private static Obligation obligation(String word) {
    Matcher cap = CAP.matcher(word);
    if (cap.matches()) {
      return new Obligation.CapLifetime(Duration.ofSeconds(Long.parseLong(cap.group(1))));
    }
    Matcher role = ROLE.matcher(word);
    if (role.matches()) {
      return new Obligation.ApprovedByRole(role.group(1));
    }
    Matcher label = LABEL.matcher(word);
    if (label.matches()) {
      return new Obligation.AddLabel(label.group(1));
    }
    Matcher scopes = SCOPES.matcher(word);
    if (scopes.matches()) {
      return new Obligation.NarrowScope(words(scopes.group(1)));
    }
    Matcher members = MEMBERS.matcher(word);
    if (members.matches()) {
      return new Obligation.MaskResult(words(members.group(1)));
    }
    return word.equals("approval:other")
        ? new Obligation.ApprovedByOther()
        : new Obligation.Unknown(word);
  }

  /** One or more, with one space between. */
  private static Pattern list(String word, String item) {
    return Pattern.compile(word + ":(" + item + "(?: " + item + ")*)");
  }

  private static Set<String> words(String list) {
    return Set.copyOf(List.of(list.split(" ")));
  }

  /** Both: every permit that carries the decision has its say. */
  Demands and(Demands other) {
    List<Obligation> both = new ArrayList<>(obligations);
    both.addAll(other.obligations);
    return new Demands(approval || other.approval, both);
  }
}
