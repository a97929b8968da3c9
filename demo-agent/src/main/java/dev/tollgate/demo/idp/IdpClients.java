package dev.tollgate.demo.idp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Who may talk to the token server, and for what. */
final class IdpClients {
  static final List<String> SCOPES =
      List.of("mail.read", "mail.send", "files.read", "files.write", "bank.read", "bank.pay");

  private static final Duration CALL_TOKEN_LIFETIME = Duration.ofSeconds(60);

  // A client must have a grant. The token endpoint knows no such grant: these clients get no token.
  private static final AuthorizationGrantType NO_GRANT =
      new AuthorizationGrantType("urn:tollgate:demo:no-grant");

  private IdpClients() {}

  static RegisteredClientRepository repository(
      Set<String> agents, ResourceClients resources, PasswordEncoder encoder) {
    List<RegisteredClient> clients = new ArrayList<>();
    agents.forEach(id -> clients.add(agent(id)));
    clients.add(portal());
    for (String id : resources.ids()) {
      String secret = resources.authentication(id).getClientSecret().getValue();
      clients.add(resource(id, encoder.encode(secret)));
    }
    return new InMemoryRegisteredClientRepository(clients);
  }

  private static RegisteredClient agent(String id) {
    return RegisteredClient.withId(id)
        .clientId(id)
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
        // Its own token, with which it says who acts.
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(SCOPES))
        .clientSettings(
            ClientSettings.builder()
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                .build())
        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(CALL_TOKEN_LIFETIME).build())
        .build();
  }

  private static RegisteredClient portal() {
    return RegisteredClient.withId(ResourceClients.PORTAL)
        .clientId(ResourceClients.PORTAL)
        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
        .authorizationGrantType(NO_GRANT)
        .build();
  }

  private static RegisteredClient resource(String id, String encodedSecret) {
    return RegisteredClient.withId(id)
        .clientId(id)
        .clientSecret(encodedSecret)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(NO_GRANT)
        .build();
  }
}
