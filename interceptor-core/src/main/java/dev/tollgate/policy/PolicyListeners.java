package dev.tollgate.policy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several; one that fails keeps nothing from the others. Thread-safe. */
final class PolicyListeners implements PolicyListener {
  private static final Logger log = LoggerFactory.getLogger(PolicyListeners.class);
  private final List<PolicyListener> all = new CopyOnWriteArrayList<>();

  void add(PolicyListener listener) {
    all.add(listener);
  }

  private void tell(Consumer<PolicyListener> news) {
    for (PolicyListener one : all) {
      try {
        news.accept(one);
      } catch (RuntimeException | Error e) {
        log.error("{} failed to hear what happened to the policies", one.getClass().getName(), e);
      }
    }
  }

  @Override
  public void reloaded(Change change) {
    tell(one -> one.reloaded(change));
  }

  @Override
  public void reloadFailed(String problem) {
    tell(one -> one.reloadFailed(problem));
  }

  @Override
  public void cacheLost(String tool) {
    tell(one -> one.cacheLost(tool));
  }

  @Override
  public void shadowed(boolean agrees, String from, String to) {
    tell(one -> one.shadowed(agrees, from, to));
  }
}
