package dev.tollgate.demo.replay;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.task.Caller;
import java.util.List;

/**
 * An agent of one framework that makes the planned calls, whatever it is told in between. It has no
 * memory: two traces have nothing in common.
 */
interface TraceAgent extends AutoCloseable {

  /** Makes the calls, turn by turn. */
  void play(Caller caller, String words, List<List<PlannedCall>> turns);

  @Override
  void close();
}
