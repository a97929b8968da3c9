package dev.tollgate.demo.idp;

import static org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;

/** The endpoints of the token server, and how its clients prove who they are. */
@Configuration(proxyBeanMethods = false)
class IdpSecurity {
  // One round: the secrets have 256 random bits, so nothing can be gained by guessing, and the
  // default (bcrypt) would cost more than the rest of an introspection.
  static final PasswordEncoder SECRET_ENCODER =
      new Pbkdf2PasswordEncoder("", 16, 1, PBKDF2WithHmacSHA256);

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain tokenServerChain(HttpSecurity http, AgentKeys keys) {
    AgentAssertions assertions = new AgentAssertions(keys);
    return http.oauth2AuthorizationServer(
            server -> {
              http.securityMatcher(server.getEndpointsMatcher());
              server.clientAuthentication(
                  client ->
                      client.authenticationProviders(
                          all -> all.forEach(one -> configure(one, assertions))));
            })
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  private static void configure(AuthenticationProvider provider, AgentAssertions assertions) {
    if (provider instanceof JwtClientAssertionAuthenticationProvider byKey) {
      byKey.setJwtDecoderFactory(assertions);
    } else if (provider instanceof ClientSecretAuthenticationProvider bySecret) {
      bySecret.setPasswordEncoder(SECRET_ENCODER);
    }
  }
}
