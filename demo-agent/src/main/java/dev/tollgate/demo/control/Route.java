package dev.tollgate.demo.control;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be asked of the control plane. */
sealed interface Route {
  Pattern ANSWER = Pattern.compile("/approvals/([A-Za-z0-9-]{1,64})/(approve|reject)");

  /** What waits. */
  record Pending() implements Route {}

  /** A person's word on one call. */
  record Answer(String id, boolean yes) implements Route {}

  /** The kill switch. */
  record Revoke() implements Route {}

  default String method() {
    return this instanceof Pending ? "GET" : "POST";
  }

  /** By the path as it was sent: nothing is decoded, so nothing can be hidden in it. */
  static @Nullable Route of(String path) {
    if (path.equals("/approvals")) {
      return new Pending();
    }
    if (path.equals("/revocations")) {
      return new Revoke();
    }
    Matcher answer = ANSWER.matcher(path);
    return answer.matches() ? new Answer(answer.group(1), answer.group(2).equals("approve")) : null;
  }
}
