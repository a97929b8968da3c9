package dev.tollgate.oauth;

import dev.tollgate.config.CredentialProvider;
import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialIssuer;

/** Makes the issuer named {@code oauth} from {@code tollgate.oauth.*}. */
public final class OAuthCredentialProvider implements CredentialProvider {

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
    return new OAuthCredentialIssuer(OAuthSettings.from(settings));
  }
}
