package dev.tollgate.demo.scenario;

import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.demo.idp.AgentKey;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.oauth.OAuthCredentialProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The issuer that exchanges tokens at the office's token server. */
final class TokenServer {
  private TokenServer() {}

  static CredentialIssuer issuer(RunningOffice office, DemoFolder folder) throws IOException {
    Path keys = folder.resolve("agents");
    Files.createDirectories(keys);
    office.agentKeys().write(keys);
    Path key = keys.resolve(AgentKey.CLIENT_ID + ".jwk");
    return new OAuthCredentialProvider()
        .create(
            new Settings(
                Map.of(
                    "tollgate.oauth.issuer", office.idp().issuer().toString(),
                    "tollgate.oauth.token-endpoint", office.idp().tokenEndpoint().toString(),
                    "tollgate.oauth.revocation-endpoint",
                        office.idp().revocationEndpoint().toString(),
                    "tollgate.oauth.client-id", AgentKey.CLIENT_ID,
                    "tollgate.oauth.client-key-file", key.toString(),
                    "tollgate.oauth.actor", "required",
                    "tollgate.oauth.agents", keys.toString())));
  }
}
