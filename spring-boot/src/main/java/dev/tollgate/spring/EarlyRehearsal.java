package dev.tollgate.spring;

import dev.tollgate.config.Rehearsal;
import dev.tollgate.config.Settings;
import java.util.function.Consumer;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Starts the rehearsal as soon as the settings are there, beside what Spring does until it makes
 * the gate. A native image has no classes to load.
 */
final class EarlyRehearsal
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  private final Consumer<Settings> rehearsal;

  EarlyRehearsal() {
    this(Rehearsal::start);
  }

  EarlyRehearsal(Consumer<Settings> rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** After the files with settings are read and the log is set up. */
  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    Environment environment = event.getEnvironment();
    if (!NativeDetector.inNativeImage()
        && environment.getProperty("tollgate.enabled", "true").equals("true")) {
      rehearsal.accept(SpringSettings.from(environment));
    }
  }
}
