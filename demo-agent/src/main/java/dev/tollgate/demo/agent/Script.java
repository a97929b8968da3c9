package dev.tollgate.demo.agent;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a scripted model says: the calls of each turn, then a last word. Used for one conversation. */
public final class Script {
  private final List<List<PlannedCall>> turns;
  private final AtomicInteger next = new AtomicInteger();

  public Script(List<List<PlannedCall>> turns) {
    this.turns = List.copyOf(turns);
  }

  /** The calls of the next turn; none when the model is done. */
  List<PlannedCall> nextTurn() {
    int turn = next.getAndIncrement();
    return turn < turns.size() ? turns.get(turn) : List.of();
  }

  String lastWord() {
    return "Done.";
  }
}
