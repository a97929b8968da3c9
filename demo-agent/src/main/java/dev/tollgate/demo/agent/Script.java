package dev.tollgate.demo.agent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a scripted model says: the calls of each turn, then a last word. Used for one conversation.
 */
public final class Script {
  private final List<List<PlannedCall>> turns;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  public Script(List<List<PlannedCall>> turns) {
    this.turns = List.copyOf(turns);
  }

  /**
   * The calls of the next turn; none when the model is done. The model has heard all of {@code
   * prompt}.
   */
  List<PlannedCall> nextTurn(String prompt) {
    heard.add(prompt);
    int turn = next.getAndIncrement();
    return turn < turns.size() ? turns.get(turn) : List.of();
  }

  /** Everything that reached the model, for tests. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  String lastWord() {
    return "Done.";
  }
}
