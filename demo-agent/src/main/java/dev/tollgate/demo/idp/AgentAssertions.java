package dev.tollgate.demo.idp;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Verifies client assertions with the keys in hand; the server's own way fetches them from a URL.
 */
final class AgentAssertions implements JwtDecoderFactory<RegisteredClient> {
  private final AgentKeys keys;

  AgentAssertions(AgentKeys keys) {
    this.keys = keys;
  }

  @Override
  public JwtDecoder createDecoder(RegisteredClient client) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(
                new ImmutableJWKSet<>(new JWKSet(keys.of(client.getClientId()).publicJwk())))
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
    // iss and sub are the client, aud is this server, exp is there and not over.
    decoder.setJwtValidator(
        JwtClientAssertionDecoderFactory.DEFAULT_JWT_VALIDATOR_FACTORY.apply(client));
    return decoder;
  }
}
