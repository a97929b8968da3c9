package dev.tollgate.springai;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Tells the aspects of a container's gate, for as long as the container lives. */
final class WovenInstallation implements InitializingBean, DisposableBean {
  private final Gateway gateway;

  WovenInstallation(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void afterPropertiesSet() {
    WovenGate.process().install(gateway);
  }

  @Override
  public void destroy() {
    WovenGate.process().uninstall(gateway);
  }

  /** Says that a container is to run without a gate. */
  static final class Off implements InitializingBean, DisposableBean {
    @Override
    public void afterPropertiesSet() {
      WovenGate.process().switchOff(true);
    }

    @Override
    public void destroy() {
      WovenGate.process().switchOff(false);
    }
  }
}
