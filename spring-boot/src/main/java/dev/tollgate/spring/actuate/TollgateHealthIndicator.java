package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** {@code /actuator/health}: {@link GateHealth} as Boot 4 takes it. */
final class TollgateHealthIndicator implements HealthIndicator {
  private final ToolGate gate;

  TollgateHealthIndicator(ToolGate gate) {
    this.gate = gate;
  }

  @Override
  public Health health() {
    GateHealth health = GateHealth.of(gate.status());
    return Health.status(new Status(health.state().name())).withDetails(health.details()).build();
  }
}
