package dev.tollgate.demo.idp;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who asks the token server about tokens, each with a secret of its own, made at start and held in
 * memory only: the three parts of the office, and the place where people approve calls.
 */
public final class ResourceClients {
  /** The place where people approve calls, as client and as audience. */
  public static final String APPROVALS = "approvals";

  /** Where people log in. No agent is this client, so a token issued to it speaks for a person. */
  public static final String PORTAL = "office-portal";

  private static final Set<String> AUDIENCES = Set.of("mail", "files", "bank");

  private final Map<String, Secret> secrets = new TreeMap<>();

  private ResourceClients() {
    AUDIENCES.forEach(audience -> secrets.put(audience, new Secret()));
    secrets.put(APPROVALS, new Secret());
  }

  public static ResourceClients generate() {
    return new ResourceClients();
  }

  /**
   * The audiences a call's token can be for; each is also the id of that part's client. Approvals
   * are not among them: a call's token approves nothing.
   */
  public Set<String> audiences() {
    return AUDIENCES;
  }

  /** The ids of all these clients. */
  Set<String> ids() {
    return Set.copyOf(secrets.keySet());
  }

  /** How {@code id}, a part of the office or {@link #APPROVALS}, authenticates. */
  public ClientSecretBasic authentication(String id) {
    Secret secret = secrets.get(id);
    if (secret == null) {
      throw new IllegalArgumentException("no such client: " + id);
    }
    return new ClientSecretBasic(new ClientID(id), secret);
  }
}
