package dev.tollgate.delegation;

import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import dev.tollgate.tool.Effect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stood when part of it was handed over. Policies hold both against the receiver, too:
 * else what the giver has read would be forgotten by asking another agent to act on it.
 *
 * @param history what the task had done
 * @param effects the effects that were asked for; {@code null} if nobody said
 */
record HandedStanding(TaskHistory history, @Nullable Set<Effect> effects) {
  HandedStanding {
    effects = effects == null ? null : Set.copyOf(effects);
  }

  static HandedStanding of(Task task) {
    return new HandedStanding(task.life().history(), task.intent().effects());
  }

  /** Whether it forgets nothing of what stood before it, and asks for no more. */
  boolean follows(HandedStanding before) {
    TaskHistory then = before.history;
    boolean asksNoMore =
        before.effects == null || (effects != null && before.effects.containsAll(effects));
    return asksNoMore
        && history.calls() >= then.calls()
        && history.denials() >= then.denials()
        && history.warnings() >= then.warnings()
        && history.effects().containsAll(then.effects())
        && history.sensitivities().containsAll(then.sensitivities())
        && history.trust().containsAll(then.trust())
        && history.zones().containsAll(then.zones())
        && history.labels().containsAll(then.labels());
  }

  /** The intent elsewhere: without its words, so that it names no values. */
  Intent intent(Intent.Source source) {
    return new Intent(source, "", effects);
  }
}
