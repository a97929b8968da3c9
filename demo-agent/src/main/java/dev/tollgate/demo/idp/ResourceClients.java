package dev.tollgate.demo.idp;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The three parts of the office as clients of the token server: each asks about tokens with a
 * secret of its own, made at start and held in memory only.
 */
public final class ResourceClients {
  private static final Set<String> AUDIENCES = Set.of("mail", "files", "bank");

  private final Map<String, Secret> secrets = new TreeMap<>();

  private ResourceClients() {
    AUDIENCES.forEach(audience -> secrets.put(audience, new Secret()));
  }

  public static ResourceClients generate() {
    return new ResourceClients();
  }

  /** The audiences a token can be for; each is also the id of that part's client. */
  public Set<String> audiences() {
    return Set.copyOf(secrets.keySet());
  }

  /** How the part called {@code audience} authenticates when it asks about a token. */
  public ClientSecretBasic authentication(String audience) {
    Secret secret = secrets.get(audience);
    if (secret == null) {
      throw new IllegalArgumentException("no such audience: " + audience);
    }
    return new ClientSecretBasic(new ClientID(audience), secret);
  }
}
