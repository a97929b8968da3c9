package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.CredentialIssuerContract;
import dev.tollgate.tool.CredentialNeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, against a server that is real. */
class OAuthIssuerContractTest extends CredentialIssuerContract {
  private static SpringServer server;
  @TempDir private Path folder;
  private @Nullable CredentialIssuer issuer;

  @BeforeAll
  static void start() throws IOException {
    server = new SpringServer();
    server.widen(context -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected synchronized CredentialIssuer issuer() {
    CredentialIssuer made = issuer;
    if (made == null) {
      made =
          new OAuthCredentialIssuer(
              new OAuthSettings(
                  server.issuer(),
                  null,
                  null,
                  null,
                  "planner",
                  Keys.file(folder, server.clientKey()),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(3),
                  false,
                  null));
      issuer = made;
    }
    return made;
  }

  @Override
  protected CredentialRequest request() {
    return request("crm.read");
  }

  @Override
  protected CredentialRequest refused() {
    return request("hr.admin");
  }

  private static CredentialRequest request(String scope) {
    return new CredentialRequest(
        "call-1",
        new Caller("acme", "alice", Secret.of(server.login("alice", "crm.read"))),
        AgentIdentity.of("planner"),
        new CredentialNeed(
            "crm-api", Set.of(scope), URI.create("https://crm.example"), Duration.ofSeconds(60)));
  }

  @Override
  protected Optional<Boolean> alive(Secret token) {
    return Optional.of(server.isActive(token));
  }
}
