package dev.tollgate.oauth;

import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.CredentialProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialIssuer;

/** Makes the issuer named {@code oauth} from {@code tollgate.oauth.*}. */
public final class OAuthCredentialProvider implements CredentialProvider {
  private static final String AGENT = "tollgate.agent";

  @Override
  public String name() {
    return OAuthCredentialIssuer.NAME;
  }

  @Override
  public Iterable<String> keys() {
    return OAuthSettings.KEYS;
  }

  @Override
  public CredentialIssuer create(Settings settings) {
    OAuthCredentialIssuer issuer = new OAuthCredentialIssuer(OAuthSettings.from(settings));
    String agent = settings.find(AGENT);
    if (agent != null && !issuer.canActAs(agent)) {
      // Every call that needs a credential would be denied: better known at the start.
      throw new ConfigurationException(
          AGENT,
          "is no client of the token server, as tollgate.oauth.actor=required demands: "
              + AgentClients.WHY_NOT);
    }
    return issuer;
  }
}
