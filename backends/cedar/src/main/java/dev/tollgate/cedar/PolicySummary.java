package dev.tollgate.cedar;

import java.util.Map;
import java.util.Set;

/**
 * What one loaded policy says of itself.
 *
 * @param id its id
 * @param place {@code file:line}
 * @param forbid whether it forbids; else it permits
 * @param actions the ids of the tools it can apply to, with {@code unlisted} for those that the
 *     manifest does not list
 * @param reads the attributes it reads, such as {@code environment}, {@code args.amount}; a record
 *     that it reads as a whole by the record's name
 * @param annotations its annotations
 * @param text its text, without comments before it
 */
public record PolicySummary(
    String id,
    String place,
    boolean forbid,
    Set<String> actions,
    Set<String> reads,
    Map<String, String> annotations,
    String text) {
  public PolicySummary {
    actions = Set.copyOf(actions);
    reads = Set.copyOf(reads);
    annotations = Map.copyOf(annotations);
  }
}
