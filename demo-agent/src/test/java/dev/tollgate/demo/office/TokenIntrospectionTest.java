package dev.tollgate.demo.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.tollgate.config.Settings;
import dev.tollgate.credential.CredentialRequest;
import dev.tollgate.demo.idp.AgentKey;
import dev.tollgate.demo.idp.ResourceClients;
import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.demo.idp.SubjectTokens;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.oauth.OAuthCredentialProvider;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIntrospectionTest {
  @Test
  void aRefusalToIntrospectIsNoAnswer() throws Exception {
    try (RunningOffice office = RunningOffice.start()) {
      var agent = new Agent(office, office.agentKey());
      var token = new BearerAccessToken(agent.token("mail", "mail.read").getValue());
      var withForeignSecrets = new TokenIntrospection(office.idp(), ResourceClients.generate());

      assertThatThrownBy(() -> withForeignSecrets.ask("mail", token))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining(token.getValue());
    }
  }

  @Test
  void saysWhoActs(@TempDir Path folder) throws Exception {
    try (RunningIdp idp = new RunningIdp()) {
      var office = new TokenIntrospection(idp.address(), idp.part(ResourceClients.class));
      String login = idp.part(SubjectTokens.class).issue("alice");

      assertThat(office.ask("mail", credential(idp, folder, login, "required")))
          .map(TokenFacts::actor)
          .contains(AgentKey.CLIENT_ID);
      assertThat(office.ask("mail", credential(idp, folder, login, "none")))
          .hasValueSatisfying(facts -> assertThat(facts.actor()).isNull());
    }
  }

  private static BearerAccessToken credential(
      RunningIdp idp, Path folder, String login, String actor) throws Exception {
    Map<String, String> settings =
        Map.of(
            "tollgate.oauth.issuer",
            idp.address().issuer().toString(),
            "tollgate.oauth.client-id",
            AgentKey.CLIENT_ID,
            "tollgate.oauth.client-key-file",
            idp.part(AgentKey.class).write(folder).toString(),
            "tollgate.oauth.actor",
            actor);
    var request =
        new CredentialRequest(
            "call-1",
            new Caller("acme", "alice", Secret.of(login)),
            AgentIdentity.of(AgentKey.CLIENT_ID),
            new CredentialNeed(
                "mail", Set.of("mail.read"), idp.address().issuer(), Duration.ofSeconds(60)));
    return new OAuthCredentialProvider()
        .create(new Settings(settings))
        .issue(request)
        .token()
        .reveal(SecretAccess.granted(), BearerAccessToken::new);
  }
}
