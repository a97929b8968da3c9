package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.key.JwkFileKeySource;
import dev.tollgate.policy.NoPolicy;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configuration asks for and cannot have stops the start. */
class GateAssemblyTest {
  @TempDir Path folder;
  private final Map<String, String> keys = new HashMap<>();

  /** Found by the service loader. */
  public static class One implements PolicyProvider {
    @Override
    public String name() {
      return "one";
    }

    @Override
    public Iterable<String> keys() {
      return List.of("tollgate.policy.set");
    }

    @Override
    public PolicyDecisionPoint create(Settings settings, ToolManifest manifest) {
      if (settings.require("tollgate.policy.set").equals("broken")) {
        throw new IllegalStateException("the set does not load");
      }
      return new NoPolicy();
    }
  }

  /** One that cannot get ready. */
  public static final class Unready extends One {
    @Override
    public void prepare() {
      throw new UnsatisfiedLinkError("no library");
    }
  }

  /** A second one. */
  public static final class Two extends One {
    @Override
    public String name() {
      return "two";
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    Path file = folder.resolve("keys.jwks");
    JwkFileKeySource.generate(file, "1");
    keys.put("tollgate.keys.file", file.toString());
  }

  private void assemble(Class<?>... providers) throws Exception {
    Path services = Files.createDirectories(folder.resolve("cp/META-INF/services"));
    Files.write(
        services.resolve(PolicyProvider.class.getName()),
        List.of(providers).stream().map(Class::getName).toList());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.resolve("cp/").toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      try (ToolGate gate = GateAssembly.assemble(new Settings(keys), OpenTelemetry.noop())) {
        assertThat(gate.isClosed()).isFalse();
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void refuses(String message, Class<?>... providers) {
    assertThatThrownBy(() -> assemble(providers)).hasMessageContaining(message);
  }

  @Test
  void aKeyThatNobodyReads() {
    keys.put("tollgate.mood", "observe");
    refuses("tollgate.mood is not a key");
    keys.remove("tollgate.mood");
    keys.put("tollgate.policy.set", "x"); // without the backend that reads it
    refuses("tollgate.policy.set is not a key");
  }

  @Test
  void twoBackendsAndNoneChosen() throws Exception {
    keys.put("tollgate.policy.set", "x");
    refuses("must choose one of the backends found: [one, two]", One.class, Two.class);
    keys.put("tollgate.policy.engine", "three");
    refuses("is 'three', but the backends found", One.class, Two.class);
    keys.put("tollgate.policy.engine", "two");
    assemble(One.class, Two.class);
    keys.remove("tollgate.policy.engine");
    assemble(One.class);
  }

  @Test
  void whetherABackendCouldGetReadyIsSaidWhenItMakesItsDecisionPoint() throws Exception {
    keys.put("tollgate.policy.set", "broken");
    refuses("the set does not load", Unready.class);
    keys.put("tollgate.policy.set", "x");
    assemble(Unready.class);
  }

  @Test
  void valuesThatCannotBeUsedNameTheirKey() {
    for (String[] bad :
        List.of(
            new String[] {"tollgate.mode", "open"},
            new String[] {"tollgate.task.deadline", "soon"},
            new String[] {"tollgate.task.deadline", "-5s"},
            new String[] {"tollgate.arguments.max-bytes", "0"},
            new String[] {"tollgate.subject", "alice"},
            new String[] {"tollgate.agent-owner", "treasury"},
            new String[] {"tollgate.agent-model", "m-1"},
            new String[] {"tollgate.keys.file", "none.jwks"})) {
      String before = keys.put(bad[0], bad[1]);
      refuses(bad[0].startsWith("tollgate.arguments") ? "tollgate.arguments" : "tollgate.");
      if (before == null) {
        keys.remove(bad[0]);
      } else {
        keys.put(bad[0], before);
      }
    }
    keys.put("tollgate.subject", "alice");
    keys.put("tollgate.tenant", "../x");
    refuses("tollgate.tenant");
  }

  @Test
  void aLockThatSomebodyEditedStopsTheStart() throws Exception {
    String text = ToolLock.of(List.of(new ToolDefinition("read", "Reads.", "{}", "s"))).text();
    Path lock = Files.writeString(folder.resolve("tools.lock"), text);
    keys.put("tollgate.tools-lock", lock.toString());
    refuses("tollgate.tools-lock is " + lock + ", but this process can write");
    keys.put("tollgate.policy.folder-writable", "allow");
    assemble();
    Files.writeString(lock, text.replace("Reads.", "Reads!"));
    refuses("tools.lock:6");
    Files.delete(lock);
    refuses("cannot be read");
  }

  /** A start that fails can be tried again in the same process. */
  @Test
  void aStartThatFailsLeavesTheAuditFolderFree() throws Exception {
    keys.put("tollgate.audit.folder", folder.resolve("audit").toString());
    keys.put("tollgate.audit.anchor", folder.resolve("anchor").toString());
    keys.put("tollgate.policy.set", "broken");
    refuses("the set does not load", One.class);
    keys.put("tollgate.policy.set", "good");
    assemble(One.class);
    assemble(One.class);
  }
}
