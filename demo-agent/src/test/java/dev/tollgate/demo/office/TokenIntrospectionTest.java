package dev.tollgate.demo.office;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.tollgate.demo.idp.ResourceClients;
import java.io.IOException;
import org.junit.jupiter.api.Test;

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
}
