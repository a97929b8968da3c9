package dev.tollgate.config;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import dev.tollgate.ToolGate;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a gate of nothing that anybody configured, and throws it away: on a thread of its own,
 * while the application does what it does before it makes its gate. The first of a kind takes long,
 * since classes are loaded, a library is unpacked and caches are filled. Nobody else ever sees that
 * gate, and what fails in it fails again, with a message, in the real one. Thread-safe.
 */
public final class Rehearsal {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
  private static final Rehearsal HERE = new Rehearsal(Duration.ofSeconds(30));

  private static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      tools:
        - {name: rehearsal, effect: read, arguments: {what: {type: string, steering: true}}}
      """;

  private final AtomicReference<@Nullable CountDownLatch> started = new AtomicReference<>();
  private final Duration patience;

  Rehearsal(Duration patience) {
    this.patience = patience;
  }

  /**
   * Starts it and returns at once; does nothing where it was started before, or where no second
   * processor could do it.
   *
   * @param settings say which backends will be needed; nothing else is taken from them
   */
  public static void start(Settings settings) {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      HERE.begin(settings);
    }
  }

  /** Returns when the one that was started, if there was one, is over. */
  static void end() {
    HERE.await();
  }

  void begin(Settings settings) {
    CountDownLatch over = new CountDownLatch(1);
    if (started.compareAndSet(null, over)) {
      Thread thread = new Thread(() -> run(settings, over), "tollgate-rehearsal");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Waits, since two threads that initialise the same classes could wait for each other. Those that
   * an application may use by itself meanwhile (of Jackson, Nimbus and OpenTelemetry's API) were
   * looked through: none of them initialise each other in a circle.
   *
   * @return whether there is none that still runs
   */
  boolean await() {
    CountDownLatch over = started.get();
    try {
      if (over == null || over.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      log.warn("a rehearsed start is not over after {}; the gate is made beside it", patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void run(Settings settings, CountDownLatch over) {
    try {
      PolicyProvider policy = Backends.find().policy(settings);
      if (policy != null) {
        policy.rehearse(ToolManifest.parse(MANIFEST, "rehearsal"));
      }
      var unused = assemble();
    } catch (Exception | Error e) { // the real one fails for the same reason, and says so
      log.debug("the rehearsal failed", e);
    } finally {
      over.countDown();
    }
  }

  /**
   * Makes the gate and closes it. No call is made: that would set up OpenTelemetry's context, which
   * applications may still want to put something around.
   */
  static Tool assemble() throws JOSEException, ParseException {
    OctetSequenceKey made = new OctetSequenceKeyGenerator(256).keyID("rehearsal").generate();
    JWKSet keys = JWKSet.parse(new JWKSet(made).toString(false));
    try (ToolGate gate =
        ToolGate.builder()
            .keys(new RehearsalKeys((OctetSequenceKey) keys.getKeys().get(0)))
            .manifest(ToolManifest.parse(MANIFEST, "rehearsal"))
            .openTelemetry(OpenTelemetry.noop())
            .build()) {
      return gate.describe(new ToolDefinition("rehearsal", "", "{}", "rehearsal"));
    }
  }
}
