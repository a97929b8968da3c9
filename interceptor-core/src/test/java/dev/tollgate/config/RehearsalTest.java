package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolManifest;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gate is made after, and not of. */
@Timeout(60)
class RehearsalTest {
  private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();
  private static volatile CountDownLatch over = new CountDownLatch(0);

  @TempDir Path folder;
  private final Settings configured = new Settings(Map.of("tollgate.policy.set", "x"));
  private final Rehearsal rehearsal = new Rehearsal(Duration.ofSeconds(50));

  /** Found by the service loader. */
  public static class Rehearsing implements PolicyProvider {
    @Override
    public String name() {
      return "rehearsing";
    }

    @Override
    public Iterable<String> keys() {
      return List.of("tollgate.policy.set");
    }

    @Override
    public void rehearse(ToolManifest manifest) {
      Thread thread = Thread.currentThread();
      SEEN.add(thread.getName() + ", daemon " + thread.isDaemon() + ", " + names(manifest));
      try {
        assertThat(over.await(50, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PolicyDecisionPoint create(Settings settings, ToolManifest manifest) {
      throw new IllegalStateException("a rehearsal makes no decision point of the settings");
    }
  }

  /** One that cannot. */
  public static final class Unable extends Rehearsing {
    @Override
    public String name() {
      return "unable";
    }

    @Override
    public void rehearse(ToolManifest manifest) {
      SEEN.add("unable");
      throw new UnsatisfiedLinkError("no library");
    }
  }

  private static List<String> names(ToolManifest manifest) {
    return manifest.tools().stream().map(ListedTool::name).toList();
  }

  @BeforeEach
  void setUp() {
    SEEN.clear();
    over = new CountDownLatch(0);
  }

  private void begin(Settings settings, Class<?>... providers) throws Exception {
    begin(rehearsal, settings, providers);
  }

  private void begin(Rehearsal rehearsal, Settings settings, Class<?>... providers)
      throws Exception {
    Path services = Files.createDirectories(folder.resolve("cp/META-INF/services"));
    Files.write(
        services.resolve(PolicyProvider.class.getName()),
        List.of(providers).stream().map(Class::getName).toList());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new URLClassLoader(new URL[] {folder.resolve("cp/").toUri().toURL()}, before));
    try {
      rehearsal.begin(settings);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void without_one_nobody_waits() {
    assertThat(rehearsal.await()).isTrue();
  }

  @Test
  void it_is_over_when_somebody_waited_for_it() throws Exception {
    begin(configured, Rehearsing.class);
    assertThat(rehearsal.await()).isTrue();
    assertThat(SEEN).containsExactly("tollgate-rehearsal, daemon true, [rehearsal]");
  }

  @Test
  void its_gate_knows_its_one_tool() throws Exception {
    assertThat(Rehearsal.assemble().standing()).isEqualTo(Tool.Standing.LISTED);
  }

  @Test
  void there_is_one_however_many_contexts_start() throws Exception {
    begin(configured, Rehearsing.class);
    begin(configured, Rehearsing.class);
    assertThat(rehearsal.await()).isTrue();
    assertThat(rehearsal.await()).isTrue();
    assertThat(SEEN).hasSize(1);
  }

  @Test
  void what_fails_in_it_is_left_to_the_real_gate() throws Exception {
    begin(configured, Unable.class);
    assertThat(rehearsal.await()).isTrue();
    assertThat(SEEN).containsExactly("unable");
  }

  @Test
  void a_backend_that_no_setting_asks_for_or_chooses_is_left_alone() throws Exception {
    begin(new Settings(Map.of()), Rehearsing.class);
    assertThat(rehearsal.await()).isTrue();
    Rehearsal another = new Rehearsal(Duration.ofSeconds(50));
    another.begin(configured); // no backend on the class path
    assertThat(another.await()).isTrue();
    assertThat(SEEN).isEmpty();
  }

  @Test
  void a_start_does_not_wait_for_ever() throws Exception {
    over = new CountDownLatch(1);
    Rehearsal impatient = new Rehearsal(Duration.ofMillis(1));
    begin(impatient, configured, Rehearsing.class);
    assertThat(impatient.await()).isFalse();
    over.countDown();
  }

  @Test
  void an_interrupted_start_stays_interrupted() throws Exception {
    over = new CountDownLatch(1);
    begin(configured, Rehearsing.class);
    Thread.currentThread().interrupt();
    assertThat(rehearsal.await()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    over.countDown();
    assertThat(rehearsal.await()).isTrue();
  }
}
