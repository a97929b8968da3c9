package dev.tollgate.policy;

import dev.tollgate.destination.Connection;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.task.TaskHistory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shadow set may know: an approval only if the policies in force have read it. Reading it
 * uses it up, and a shadow must use up nothing.
 */
record OverheardFacts(CallFacts facts) implements CallFacts {
  static PolicyRequest of(PolicyRequest request) {
    return new PolicyRequest(
        request.callId(),
        request.task(),
        request.tool(),
        request.arguments(),
        request.at(),
        new OverheardFacts(request.facts()));
  }

  @Override
  public DeclaredDestination destination() {
    return facts.destination();
  }

  @Override
  public @Nullable Connection connection() {
    return facts.connection();
  }

  @Override
  public @Nullable TaskHistory history() {
    return facts.history();
  }

  @Override
  public Map<String, String> provenance() {
    return facts.provenance();
  }

  @Override
  public @Nullable Approved approval() {
    return facts.approvalRead() == null ? null : facts.approval();
  }

  @Override
  public @Nullable String approvalRead() {
    return facts.approvalRead();
  }

  @Override
  public @Nullable Long callsLeft() {
    return facts.callsLeft();
  }

  @Override
  public @Nullable Long denialsLeft() {
    return facts.denialsLeft();
  }
}
