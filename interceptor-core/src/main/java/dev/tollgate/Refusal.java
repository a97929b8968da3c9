package dev.tollgate;

import dev.tollgate.audit.CallJournal;
import dev.tollgate.policy.Decision;

/** A call that may not run. */
public final class Refusal implements Admission {
  private final ToolCall call;
  private final Decision decision;
  private final Denial denial;
  private final CallJournal journal;

  Refusal(ToolCall call, Decision decision, Denial denial, CallJournal journal) {
    this.call = call;
    this.decision = decision;
    this.denial = denial;
    this.journal = journal;
  }

  @Override
  public ToolCall call() {
    return call;
  }

  @Override
  public Decision decision() {
    return decision;
  }

  /** What the outside learns of it. */
  public Denial denial() {
    return denial;
  }

  CallJournal journal() {
    return journal;
  }
}
