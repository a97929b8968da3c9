package dev.tollgate.spring;

import dev.tollgate.config.Settings;
import dev.tollgate.spring.connection.TokenServerConnectionDetails;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts connection details over what the settings say of the token server. */
final class TokenServer {
  private static final String PREFIX = "tollgate.oauth.";

  private TokenServer() {}

  /**
   * The settings with the details' addresses. What the details leave out is discovered there, and
   * not taken from the settings: it would be another server's.
   */
  static Settings over(Settings settings, @Nullable TokenServerConnectionDetails details) {
    if (details == null) {
      return settings;
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : settings.keys()) {
      String value = settings.find(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    put(values, "issuer", details.issuer());
    put(values, "token-endpoint", details.tokenEndpoint());
    put(values, "revocation-endpoint", details.revocationEndpoint());
    put(values, "jwks-uri", details.jwksUri());
    return new Settings(values);
  }

  private static void put(Map<String, String> values, String key, @Nullable String value) {
    if (value == null) {
      values.remove(PREFIX + key);
    } else {
      values.put(PREFIX + key, value);
    }
  }
}
