package dev.tollgate.oauth;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Everything this process logs at any level, through SLF4J and java.util.logging. */
final class LogCapture implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final java.util.logging.Logger julRoot = LogManager.getLogManager().getLogger("");
  private final Level level = root.getLevel();
  private final java.util.logging.Level julLevel = julRoot.getLevel();
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final List<String> jul = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          Object[] parameters = record.getParameters();
          jul.add(record.getMessage() + Arrays.toString(parameters));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  LogCapture() {
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.TRACE);
    handler.setLevel(java.util.logging.Level.ALL);
    julRoot.addHandler(handler);
    julRoot.setLevel(java.util.logging.Level.ALL);
  }

  String text() {
    StringBuilder out = new StringBuilder(String.join("\n", jul));
    for (ILoggingEvent event : List.copyOf(appender.list)) {
      out.append('\n').append(event.getFormattedMessage()).append(event.getThrowableProxy());
    }
    return out.toString();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    root.setLevel(level);
    julRoot.removeHandler(handler);
    julRoot.setLevel(julLevel);
  }
}
