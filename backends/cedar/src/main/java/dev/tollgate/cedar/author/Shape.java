package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.Finding.Kind;
import java.util.function.Consumer;

/** What can be seen without reading any condition. */
final class Shape implements Rule {
  @Override
  public void look(Review review, Consumer<Finding> found) {
    if (review.policies().isEmpty()) {
      found.accept(
          new Finding(
              Kind.EMPTY,
              review.name(),
              null,
              "there are no policies: every call is denied",
              "write a permit"));
    } else if (review.permits().isEmpty()) {
      found.accept(
          new Finding(
              Kind.ONLY_FORBIDS,
              review.name(),
              null,
              "there are only forbids: every call is denied, also what they do not forbid",
              "write a permit for what may run"));
    }
    for (ReadPolicy policy : review.policies()) {
      if (!policy.summary().annotations().containsKey("id")) {
        found.accept(
            new Finding(
                Kind.NO_ID,
                policy.summary().place(),
                policy.id(),
                "has no @id: its name in the audit changes when a policy is added before it",
                "add @id(\"…\")"));
      }
      if (policy.summary().actions().isEmpty()) {
        found.accept(
            new Finding(
                Kind.NO_TOOL,
                policy.summary().place(),
                policy.id(),
                "covers no tool of the manifest",
                "correct its action, or list the tool"));
      }
    }
  }
}
