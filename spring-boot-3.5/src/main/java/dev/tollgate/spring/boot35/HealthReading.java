package dev.tollgate.spring.boot35;

import java.util.Map;

/** How something stands, asked anew each time. Whoever has health to show has a bean of this. */
public interface HealthReading {
  /** The name of one of Boot's states, such as {@code UP}, and details without secrets. */
  Reading read();

  /** One answer. */
  record Reading(String state, Map<String, Object> details) {}
}
