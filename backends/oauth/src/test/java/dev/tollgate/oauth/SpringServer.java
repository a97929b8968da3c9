package dev.tollgate.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** A real Spring Authorization Server in this process, and two clients registered with it. */
final class SpringServer implements AutoCloseable {
  private static final ECKey CLIENT_KEY = Keys.ec("client-1");
  private static final ECKey WORKER_KEY = Keys.ec("worker-1");
  private static final ECKey USER_KEY = Keys.ec("user-1");
  private static volatile Consumer<JwtEncodingContext> making = SpringServer::nameTheAudience;
  private static final AtomicReference<@Nullable OAuth2Authorization> EXCHANGED =
      new AtomicReference<>();

  private static final List<String> ACTORS = new CopyOnWriteArrayList<>();

  private final HttpServer clientJwks;
  private final ConfigurableApplicationContext context;

  SpringServer() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    clientJwks = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    publish("/planner", CLIENT_KEY);
    publish("/worker", WORKER_KEY);
    clientJwks.start();
    String clientKeys = "http://127.0.0.1:" + clientJwks.getAddress().getPort() + "/";
    context =
        new SpringApplicationBuilder(Beans.class)
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "client.keys=" + clientKeys)
            .run();
  }

  private void publish(String path, ECKey key) {
    clientJwks.createContext(
        path,
        exchange -> {
          try (exchange) {
            FaultyServer.json(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
          }
        });
  }

  ECKey clientKey() {
    return CLIENT_KEY;
  }

  ECKey workerKey() {
    return WORKER_KEY;
  }

  /** Makes every token from now on what the server should not have made. */
  void widen(Consumer<JwtEncodingContext> how) {
    making =
        context -> {
          nameTheAudience(context);
          how.accept(context);
        };
  }

  /** Makes tokens as the server does when nobody taught it audiences. */
  void leaveAlone() {
    making = context -> {};
  }

  private static void nameTheAudience(JwtEncodingContext context) {
    if (context.getAuthorizationGrant() instanceof OAuth2TokenExchangeAuthenticationToken asked) {
      context.getClaims().audience(List.copyOf(asked.getAudiences()));
    }
  }

  URI issuer() {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /** A user's token, as if she had logged in: the server wants to know the login it stems from. */
  String login(String user, String... scopes) {
    Instant now = Instant.now();
    String token =
        Keys.sign(
            USER_KEY,
            "{\"sub\":\"%s\",\"jti\":\"%s\"}".formatted(user, UUID.randomUUID().toString()));
    RegisteredClient client =
        context.getBean(RegisteredClientRepository.class).findByClientId("planner");
    context
        .getBean(OAuth2AuthorizationService.class)
        .save(
            OAuth2Authorization.withRegisteredClient(Objects.requireNonNull(client))
                .principalName(user)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(Set.of(scopes))
                .attribute(
                    Principal.class.getName(),
                    UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()))
                .accessToken(
                    new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        token,
                        now,
                        now.plusSeconds(600),
                        Set.of(scopes)))
                .build());
    return token;
  }

  /** What the server itself holds of the last token it exchanged. */
  boolean lastExchangedIsActive() {
    OAuth2Authorization last = Objects.requireNonNull(EXCHANGED.get(), "nothing was exchanged");
    return Objects.requireNonNull(last.getAccessToken()).isActive();
  }

  /** What the server itself holds of this token. */
  boolean isActive(Secret token) {
    OAuth2Authorization known =
        context
            .getBean(OAuth2AuthorizationService.class)
            .findByToken(
                token.reveal(SecretAccess.granted(), text -> text), OAuth2TokenType.ACCESS_TOKEN);
    return known != null && Objects.requireNonNull(known.getAccessToken()).isActive();
  }

  /** The agents whose own tokens the server issued, in order. */
  List<String> actorTokens() {
    return List.copyOf(ACTORS);
  }

  @Override
  public void close() {
    context.close();
    clientJwks.stop(0);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Beans {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.oauth2AuthorizationServer(Customizer.withDefaults())
          .authorizeHttpRequests(any -> any.anyRequest().authenticated())
          .csrf(csrf -> csrf.disable())
          .build();
    }

    @Bean
    RegisteredClientRepository clients(Environment environment) {
      String keys = environment.getRequiredProperty("client.keys");
      return new InMemoryRegisteredClientRepository(
          client("planner", keys)
              .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
              .scope("crm.read")
              .scope("crm.write")
              .build(),
          client("worker", keys).build());
    }

    private static RegisteredClient.Builder client(String id, String keys) {
      return RegisteredClient.withId(id)
          .clientId(id)
          .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
          .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
          .clientSettings(
              ClientSettings.builder()
                  .jwkSetUrl(keys + id)
                  .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                  .build())
          .tokenSettings(
              TokenSettings.builder().accessTokenTimeToLive(Duration.ofSeconds(60)).build());
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
      return new Watched();
    }

    @Bean
    JWKSource<SecurityContext> serverKeys() throws JOSEException {
      RSAKey key = new RSAKeyGenerator(2048).keyID("server-1").generate();
      return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> making() {
      return context -> making.accept(context);
    }
  }

  /** Remembers the last state of the last exchange; a revocation saves it again. */
  private static final class Watched implements OAuth2AuthorizationService {
    private final OAuth2AuthorizationService store = new InMemoryOAuth2AuthorizationService();

    @Override
    public void save(OAuth2Authorization authorization) {
      AuthorizationGrantType grant = authorization.getAuthorizationGrantType();
      if (grant.equals(AuthorizationGrantType.TOKEN_EXCHANGE)) {
        EXCHANGED.set(authorization);
      } else if (grant.equals(AuthorizationGrantType.CLIENT_CREDENTIALS)) {
        ACTORS.add(authorization.getPrincipalName());
      }
      store.save(authorization);
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
      store.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
      return store.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
      return store.findByToken(token, type);
    }
  }
}
