package dev.tollgate.demo.office;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Request;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.tollgate.demo.idp.AgentKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's side of the wire: exchanges, calls and revokes over real HTTP. */
public final class Agent {
  private final RunningOffice office;
  private final AgentKey key;
  private final HttpClient http = HttpClient.newHttpClient();

  public Agent(RunningOffice office, AgentKey key) {
    this.office = office;
    this.key = key;
  }

  /** The raw answer to an exchange of a login of alice; {@code audience} null leaves it out. */
  public HTTPResponse exchange(@Nullable String audience, String... scopes) throws Exception {
    return exchangeFor(office.subjectTokens().issue("alice"), audience, scopes);
  }

  public HTTPResponse exchangeFor(String subjectToken, @Nullable String audience, String... scopes)
      throws Exception {
    var grant =
        new TokenExchangeGrant(
            new BearerAccessToken(subjectToken),
            TokenTypeURI.JWT,
            null,
            null,
            null,
            audience == null ? null : List.of(new Audience(audience)));
    return send(
        new TokenRequest.Builder(office.idp().tokenEndpoint(), authentication(), grant)
            .scope(new Scope(scopes))
            .build());
  }

  public AccessToken token(String audience, String... scopes) throws Exception {
    return accessToken(exchange(audience, scopes));
  }

  public static AccessToken accessToken(HTTPResponse response) throws ParseException {
    return AccessTokenResponse.parse(response).getTokens().getAccessToken();
  }

  /** The status of the revocation. */
  public int revoke(AccessToken token) throws IOException, JOSEException {
    URI endpoint = office.idp().revocationEndpoint();
    return send(new TokenRevocationRequest(endpoint, authentication(), token)).getStatusCode();
  }

  // The server demands client_id beside a client assertion; the standard and Nimbus leave it out.
  private static HTTPResponse send(Request request) throws IOException {
    HTTPRequest http = request.toHTTPRequest();
    http.setBody(http.getBody() + "&client_id=" + AgentKey.CLIENT_ID);
    return http.send();
  }

  public HttpResponse<String> get(String path, @Nullable AccessToken token) throws Exception {
    return send(HttpRequest.newBuilder(office.uri(path)).GET(), token);
  }

  public HttpResponse<String> post(String path, AccessToken token, String json) throws Exception {
    return send(json(path).POST(HttpRequest.BodyPublishers.ofString(json)), token);
  }

  public HttpResponse<String> put(String path, AccessToken token, String json) throws Exception {
    return send(json(path).PUT(HttpRequest.BodyPublishers.ofString(json)), token);
  }

  private HttpRequest.Builder json(String path) {
    return HttpRequest.newBuilder(office.uri(path)).header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, @Nullable AccessToken token)
      throws Exception {
    if (token != null) {
      request.header("Authorization", token.toAuthorizationHeader());
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private ClientAuthentication authentication() throws JOSEException {
    URI audience = office.idp().tokenEndpoint();
    return new PrivateKeyJWT(
        new ClientID(AgentKey.CLIENT_ID),
        audience,
        JWSAlgorithm.ES256,
        key.jwk().toPrivateKey(),
        key.jwk().getKeyID(),
        null);
  }
}
