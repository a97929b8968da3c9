package dev.tollgate.cedar.author;

import dev.tollgate.cedar.author.Finding.Kind;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.tool.ListedTool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the policies do not speak of: tools, and the arguments that steer what they do. */
final class Silence implements Rule {
  @Override
  public void look(Review review, Consumer<Finding> found) {
    if (review.permits().isEmpty()) {
      return; // said of the set
    }
    review.tools().forEach((id, tool) -> look(id, tool, review, found));
  }

  private static void look(String id, ListedTool tool, Review review, Consumer<Finding> found) {
    List<ReadPolicy> about =
        review.policies().stream().filter(p -> p.summary().actions().contains(id)).toList();
    if (about.isEmpty()) {
      found.accept(
          new Finding(
              Kind.TOOL_UNSPOKEN,
              review.name(),
              null,
              "no policy speaks of the tool " + id + ": its calls are always denied",
              "permit it, or forbid it so that the reader knows"));
      return;
    }
    // Where every permit asks a person, a person sees the arguments.
    if (about.stream().noneMatch(policy -> !policy.forbid() && !policy.asksForApproval())) {
      return;
    }
    Set<String> reads = new HashSet<>();
    about.forEach(policy -> reads.addAll(policy.summary().reads()));
    List<String> unread = new ArrayList<>();
    Review.arguments(tool)
        .forEach(
            (name, argument) -> {
              if (argument.steering()
                  && !reads(reads, AttributeCatalogue.ARGUMENTS, name)
                  && !reads(reads, AttributeCatalogue.PROVENANCE, name)
                  && !(argument.destination() && readsDestination(reads))) {
                unread.add(name);
              }
            });
    if (!unread.isEmpty()) {
      found.accept(
          new Finding(
              Kind.ARGUMENT_UNREAD,
              review.name(),
              null,
              "the tool "
                  + id
                  + " is permitted whatever stands in "
                  + Review.quoted(unread)
                  + ", which steer"
                  + (unread.size() == 1 ? "s" : "")
                  + " what it does",
              "test it in the permit or a forbid, or ask for approval"));
    }
  }

  private static boolean reads(Set<String> reads, String record, String name) {
    String path = record + "." + name;
    return reads.contains(record)
        || reads.contains(path)
        || reads.stream().anyMatch(read -> read.startsWith(path + "."));
  }

  private static boolean readsDestination(Set<String> reads) {
    return reads.stream().anyMatch(r -> r.equals("destination") || r.startsWith("destination."));
  }
}
