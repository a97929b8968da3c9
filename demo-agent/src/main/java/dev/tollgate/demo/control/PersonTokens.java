package dev.tollgate.demo.control;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.tollgate.approval.Approver;
import dev.tollgate.demo.idp.IdpAddress;
import dev.tollgate.demo.idp.ResourceClients;
import dev.tollgate.secret.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people from everybody else by what the token server says of their token, asked anew for
 * each request (RFC 7662), so that a revoked one is found out.
 *
 * <p>A person's token was issued to the portal, where people log in, for approvals and nothing
 * else, and names nobody who acts. The token an agent holds of its user was issued to the portal
 * too, but is for the agent: who shows it may be one.
 *
 * <p>The demo's token server serves one tenant and writes no claim for it, so the tenant is given.
 * Elsewhere it would be a claim that the server vouches for. Thread-safe.
 */
public final class PersonTokens {
  private static final Logger log = LoggerFactory.getLogger(PersonTokens.class);
  private static final String SCHEME = "Bearer ";
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int DEEPEST_ACT = 16;
  private static final Who INVALID = new Who.Unknown(401, "token_invalid");

  private final IdpAddress idp;
  private final ClientSecretBasic asker;
  private final String tenant;

  public PersonTokens(IdpAddress idp, ResourceClients clients, String tenant) {
    this.idp = idp;
    this.asker = clients.authentication(ResourceClients.APPROVALS);
    this.tenant = tenant;
  }

  String tenant() {
    return tenant;
  }

  /** Who showed these {@code Authorization} headers, of which there must be one. */
  Who who(List<String> authorization) {
    if (authorization.isEmpty()) {
      return new Who.Unknown(401, "token_missing");
    }
    String header = authorization.get(0);
    if (authorization.size() > 1 || !header.startsWith(SCHEME)) {
      return INVALID;
    }
    try {
      BearerAccessToken token = BearerAccessToken.parse(header);
      TokenIntrospectionSuccessResponse facts = ask(token);
      return facts.isActive() ? known(facts, Secret.of(token.getValue())) : INVALID;
    } catch (ParseException e) {
      return INVALID;
    } catch (IOException e) {
      log.error("control: the token server could not be asked about a token", e);
      return new Who.Unknown(503, "introspection_unavailable");
    }
  }

  private TokenIntrospectionSuccessResponse ask(BearerAccessToken token) throws IOException {
    HTTPRequest request =
        new TokenIntrospectionRequest(idp.introspectionEndpoint(), asker, token).toHTTPRequest();
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    request.setFollowRedirects(false); // it carries our secret and somebody's token
    try {
      TokenIntrospectionResponse response = TokenIntrospectionResponse.parse(request.send());
      if (response.indicatesSuccess()) {
        return response.toSuccessResponse();
      }
    } catch (ParseException e) {
      throw new IOException("the token server's answer is no introspection");
    }
    throw new IOException("the token server refused to introspect");
  }

  private Who known(TokenIntrospectionSuccessResponse facts, Secret token) {
    @Nullable Subject subject = facts.getSubject();
    @Nullable Issuer issuer = facts.getIssuer();
    if (subject == null
        || subject.getValue().isBlank()
        || issuer == null
        || !issuer.getValue().equals(idp.issuer().toString())) {
      return INVALID;
    }
    @Nullable List<Audience> audience = facts.getAudience();
    @Nullable ClientID client = facts.getClientID();
    List<String> actors = actors(facts.getParameters().get("act"));
    boolean person =
        audience != null
            && Audience.toStringList(audience).equals(List.of(ResourceClients.APPROVALS))
            && client != null
            && client.getValue().equals(ResourceClients.PORTAL)
            && !subject.getValue().equals(client.getValue())
            && actors.isEmpty();
    Approver.Kind kind = person ? Approver.Kind.PERSON : Approver.Kind.WORKLOAD;
    Set<String> roles = roles(facts.getParameters().get("roles"));
    return new Who.Known(new Approver(tenant, subject.getValue(), kind, roles, actors, token));
  }

  /** The claim of RFC 9068, section 2.2.3.1; what cannot be read gives no role at all. */
  private static Set<String> roles(@Nullable Object claim) {
    Set<String> roles = new HashSet<>();
    for (Object role : claim instanceof List<?> list ? list : List.of()) {
      if (!(role instanceof String text)) {
        return Set.of();
      }
      roles.add(text);
    }
    return roles;
  }

  /** Who acts, the outermost first (RFC 8693, section 4.1); what cannot be read is somebody too. */
  private static List<String> actors(@Nullable Object act) {
    List<String> actors = new ArrayList<>();
    Object next = act;
    while (next != null && actors.size() < DEEPEST_ACT) {
      Map<?, ?> claims = next instanceof Map<?, ?> map ? map : Map.of();
      actors.add(claims.get("sub") instanceof String sub ? sub : "unknown");
      next = claims.get("act");
    }
    return actors;
  }
}
