package dev.tollgate.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@link StateLog} from its beginning. */
final class StateReplay {
  private static final Logger log = LoggerFactory.getLogger(StateReplay.class);

  private final Path file;
  private final Consumer<StateLine> change;
  private long number;
  private int sum;

  private StateReplay(Path file, Consumer<StateLine> change) {
    this.file = file;
    this.change = change;
  }

  /**
   * Hands over every change. An unfinished last line is left out: its operation never returned.
   *
   * @throws IllegalStateException if a line is not what was written; it names file, line and remedy
   */
  static void run(Path file, Consumer<StateLine> change) throws IOException {
    StateReplay replay = new StateReplay(file, change);
    try (InputStream in = Files.newInputStream(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        int from = 0;
        for (int i = 0; i < read; i++) {
          if (chunk[i] == '\n') {
            line.write(chunk, from, i - from);
            replay.line(line.toByteArray());
            line.reset();
            from = i + 1;
          }
        }
        line.write(chunk, from, read - from);
      }
      replay.end(line.toByteArray());
    }
  }

  private void line(byte[] line) {
    number++;
    if (!LineSum.holds(sum, line)) {
      throw damaged();
    }
    sum = LineSum.in(line);
    String text =
        new String(line, LineSum.WIDTH, line.length - LineSum.WIDTH, StandardCharsets.US_ASCII);
    if (number == 1) {
      if (!text.equals(StateLog.FIRST)) {
        throw damaged();
      }
      return;
    }
    try {
      change.accept(StateLine.read(text));
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
  }

  private void end(byte[] rest) {
    if (number == 0) {
      number = 1;
      throw damaged(); // it was never without its first line
    }
    if (rest.length > 0) {
      log.warn("state: {}: an unfinished line of {} bytes is cut off", file, rest.length);
    }
  }

  private IllegalStateException damaged() {
    return new IllegalStateException(
        "state: "
            + file
            + ", line "
            + number
            + " is not what was written. Restore the file from a backup. Or move it away: every"
            + " approval, rejection, revocation and count in it is then forgotten");
  }
}
