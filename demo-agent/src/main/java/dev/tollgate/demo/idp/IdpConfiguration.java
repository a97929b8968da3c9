package dev.tollgate.demo.idp;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Objects;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** The parts of the token server; how it is reached is in {@link IdpSecurity}. */
@Configuration(proxyBeanMethods = false)
@Import(IdpSecurity.class)
public class IdpConfiguration {
  @Bean
  AgentKeys agentKeys() {
    return AgentKeys.generate();
  }

  @Bean
  AgentKey agentKey(AgentKeys keys) {
    return keys.of(AgentKey.CLIENT_ID);
  }

  @Bean
  ResourceClients resourceClients() {
    return ResourceClients.generate();
  }

  @Bean
  IdpAddress idpAddress() {
    return new IdpAddress();
  }

  @Bean
  IdpFaults idpFaults() {
    return new IdpFaults();
  }

  @Bean
  FilterRegistrationBean<TokenFaultFilter> tokenFaults(
      IdpFaults faults, AuthorizationServerSettings settings) {
    var registration = new FilterRegistrationBean<>(new TokenFaultFilter(faults));
    registration.addUrlPatterns(settings.getTokenEndpoint());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** No issuer is set: the server takes it from each request, because the port is not known yet. */
  @Bean
  AuthorizationServerSettings authorizationServerSettings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  JWKSource<SecurityContext> serverKeys() {
    return new ImmutableJWKSet<>(new JWKSet(AgentKey.newPair()));
  }

  @Bean
  JwtEncoder jwtEncoder(JWKSource<SecurityContext> serverKeys) {
    return new NimbusJwtEncoder(serverKeys);
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims(
      ResourceClients resources, IdpFaults faults) {
    return new TokenClaims(
        new AgentTokenClaims(), new CallTokenClaims(resources.audiences(), faults));
  }

  @Bean
  RegisteredClientRepository idpClients(AgentKeys agents, ResourceClients resources) {
    return IdpClients.repository(agents.ids(), resources, IdpSecurity.SECRET_ENCODER);
  }

  @Bean
  OAuth2AuthorizationService authorizations() {
    return new Authorizations();
  }

  @Bean
  SubjectTokens subjectTokens(
      RegisteredClientRepository clients,
      OAuth2AuthorizationService authorizations,
      JwtEncoder encoder,
      IdpAddress address) {
    var portal = Objects.requireNonNull(clients.findByClientId(ResourceClients.PORTAL));
    return new SubjectTokens(portal, authorizations, encoder, address);
  }
}
