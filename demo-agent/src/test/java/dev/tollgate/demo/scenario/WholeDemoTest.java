package dev.tollgate.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.credential.IssuedCredential;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays the whole demo once, as a person would, and looks for its secrets wherever something is
 * written.
 */
class WholeDemoTest {
  private static final Path LOG = Path.of("target/demo.log");

  @TempDir Path temp;

  @Test
  void everyScenarioEndsAsItShouldAndNoSecretIsSeen() throws IOException {
    DemoFolder folder = DemoFolder.fresh(temp.resolve("demo"));
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Everything seen = new Everything();
    boolean good =
        new ScenarioPlayer(
                new PrintStream(screen, true, StandardCharsets.UTF_8),
                folder,
                AgentLoops.FRAMEWORKS,
                seen,
                null)
            .play();

    String shown = screen.toString(StandardCharsets.UTF_8);
    assertThat(good).as(shown).isTrue();
    assertThat(seen.secrets.size()).as("subject and call tokens seen").isGreaterThan(10);
    assertThat(seen.said.size()).as("prompts and spans seen").isGreaterThan(40);

    seen.secrets.addAll(keysIn(temp.resolve("demo/keys.jwks")));
    assertClean("screen", shown, seen.secrets);
    assertClean("models and spans", String.join("\n", seen.said), seen.secrets);
    assertClean("log", Files.readString(LOG), seen.secrets);
    for (Path file : written()) {
      assertClean(file.toString(), Files.readString(file), seen.secrets);
    }
  }

  /** The audit, its heads, and what is left in the outbox: everything but the keys themselves. */
  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.endsWith("keys.jwks") && !f.toString().endsWith(".jwk"))
              .toList();
      assertThat(found).anyMatch(f -> f.endsWith("audit/acme.jsonl"));
      return found;
    }
  }

  private static Set<String> keysIn(Path jwks) throws IOException {
    Set<String> keys = ConcurrentHashMap.newKeySet();
    Matcher secret = Pattern.compile("\"(?:k|d)\":\"([^\"]+)\"").matcher(Files.readString(jwks));
    while (secret.find()) {
      keys.add(secret.group(1));
    }
    assertThat(keys).hasSize(6);
    return keys;
  }

  private static void assertClean(String where, String text, Set<String> secrets) {
    for (String secret : secrets) {
      assertThat(text.contains(secret)).as("a secret in " + where).isFalse();
      String signature = secret.substring(secret.lastIndexOf('.') + 1);
      assertThat(text.contains(signature)).as("a part of a secret in " + where).isFalse();
    }
  }

  /** Sees every token, every prompt and every span. */
  private static final class Everything implements ScenarioPlayer.Witness {
    final Set<String> secrets = ConcurrentHashMap.newKeySet();
    final Set<String> said = ConcurrentHashMap.newKeySet();

    @Override
    public CredentialIssuer watch(CredentialIssuer issuer) {
      return new CredentialIssuer() {
        @Override
        public IssuedCredential issue(CredentialRequest request) throws CredentialException {
          IssuedCredential issued = issuer.issue(request);
          secrets.add(issued.token().reveal(SecretAccess.granted(), token -> token));
          return issued;
        }

        @Override
        public void revoke(Secret token) throws CredentialException {
          issuer.revoke(token);
        }

        @Override
        public String name() {
          return issuer.name();
        }
      };
    }

    @Override
    public void ended(String subjectToken, List<String> heard, List<SpanData> spans) {
      secrets.add(subjectToken);
      said.addAll(heard);
      spans.forEach(span -> said.add(span.toString()));
    }
  }
}
