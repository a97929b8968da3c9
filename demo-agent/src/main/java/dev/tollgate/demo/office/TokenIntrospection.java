package dev.tollgate.demo.office;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.tollgate.demo.idp.IdpAddress;
import dev.tollgate.demo.idp.ResourceClients;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the token server about a token, over HTTP and for each request anew (RFC 7662). */
final class TokenIntrospection {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final IdpAddress idp;
  private final ResourceClients clients;

  TokenIntrospection(IdpAddress idp, ResourceClients clients) {
    this.idp = idp;
    this.clients = clients;
  }

  /**
   * Asks as the part of the office called {@code audience}.
   *
   * @return nothing if the token is not active
   * @throws IOException if there is no usable answer
   */
  Optional<TokenFacts> ask(String audience, BearerAccessToken token) throws IOException {
    HTTPRequest request =
        new TokenIntrospectionRequest(
                idp.introspectionEndpoint(), clients.authentication(audience), token)
            .toHTTPRequest();
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    TokenIntrospectionResponse response;
    try {
      response = TokenIntrospectionResponse.parse(request.send());
    } catch (ParseException e) {
      throw new IOException("the token server's answer is no introspection", e);
    }
    if (!response.indicatesSuccess()) {
      throw new IOException("the token server refused to introspect");
    }
    TokenIntrospectionSuccessResponse success = response.toSuccessResponse();
    return success.isActive() ? Optional.of(facts(success)) : Optional.empty();
  }

  private static TokenFacts facts(TokenIntrospectionSuccessResponse answer) {
    @Nullable List<Audience> audience = answer.getAudience();
    @Nullable Scope scope = answer.getScope();
    @Nullable JWTID jti = answer.getJWTID();
    return new TokenFacts(
        audience == null ? Set.of() : Set.copyOf(Audience.toStringList(audience)),
        scope == null ? Set.of() : Set.copyOf(scope.toStringList()),
        jti == null ? null : jti.getValue(),
        actor(answer));
  }

  /** The outermost actor (RFC 8693, section 4.1). */
  private static @Nullable String actor(TokenIntrospectionSuccessResponse answer) {
    Object act = answer.getParameters().get("act");
    return act instanceof Map<?, ?> claims && claims.get("sub") instanceof String sub ? sub : null;
  }
}
