package dev.tollgate.springai;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * How a container captures what clients made by hand are asked. Nobody knows who wrote that, a
 * person or a program that read something: it counts as an event, which grants nothing.
 */
final class WovenIntents implements InitializingBean, DisposableBean {
  private static final List<WovenIntents> INSTALLED = new CopyOnWriteArrayList<>();

  private final Gateway gateway;
  private final IntentAdvisor advisor;

  WovenIntents(Gateway gateway, IntentAdvisor advisor) {
    this.gateway = gateway;
    this.advisor = advisor.unattested();
  }

  /** That of the container whose gate aspects ask. */
  static @Nullable IntentAdvisor current() {
    Gateway asked = WovenGate.process().gateway();
    if (asked != null) {
      for (WovenIntents one : INSTALLED) {
        if (one.gateway.gate() == asked.gate()) {
          return one.advisor;
        }
      }
    }
    return null;
  }

  @Override
  public void afterPropertiesSet() {
    INSTALLED.add(this);
  }

  @Override
  public void destroy() {
    INSTALLED.remove(this);
  }
}
