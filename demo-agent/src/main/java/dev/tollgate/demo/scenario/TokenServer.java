package dev.tollgate.demo.scenario;

import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.demo.idp.AgentKey;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.oauth.OAuthCredentialProvider;
import java.io.IOException;
import java.util.Map;

/** The issuer that exchanges tokens at the office's token server. */
final class TokenServer {
  private TokenServer() {}

  static CredentialIssuer issuer(RunningOffice office, DemoFolder folder) throws IOException {
    java.nio.file.Path key = office.agentKey().write(folder.resolve(""));
    return new OAuthCredentialProvider()
        .create(
            new Settings(
                Map.of(
                    "tollgate.oauth.issuer", office.idp().issuer().toString(),
                    "tollgate.oauth.token-endpoint", office.idp().tokenEndpoint().toString(),
                    "tollgate.oauth.revocation-endpoint",
                        office.idp().revocationEndpoint().toString(),
                    "tollgate.oauth.client-id", AgentKey.CLIENT_ID,
                    "tollgate.oauth.client-key-file", key.toString())));
  }
}
