package dev.tollgate.demo.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.tollgate.demo.office.Agent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells a person's token from an agent's, and that neither can become the other. */
class PersonTokenTest {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private static RunningIdp idp;

  @BeforeAll
  static void start() {
    idp = new RunningIdp();
  }

  @AfterAll
  static void stop() {
    idp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "bob"})
  void aPersonIsKnownByThePortalAndByNobodyActing(String user) throws Exception {
    String token = people().issueForApprovals(user);

    assertThat(idp.introspect(ResourceClients.APPROVALS, token))
        .containsEntry("active", true)
        .containsEntry("sub", user)
        .containsEntry("client_id", "office-portal")
        .containsEntry("aud", List.of("approvals"))
        .doesNotContainKeys("act", "scope");
    SignedJWT jwt = SignedJWT.parse(token);
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getStringClaim("client_id")).isEqualTo("office-portal");
    JWKSet keys = JWKSet.load(idp.address().issuer().resolve("/oauth2/jwks").toURL());
    assertThat(jwt.verify(new ECDSAVerifier(keys.getKeys().get(0).toECKey()))).isTrue();
  }

  @Test
  void whatAnAgentHoldsOfAPersonIsNotForApprovals() throws Exception {
    assertThat(idp.introspect(ResourceClients.APPROVALS, people().issue("alice")))
        .containsEntry("client_id", "office-portal")
        .containsEntry("aud", List.of("office-agent"));
  }

  @Test
  void aCallsTokenNamesTheAgentsClientAlsoWhenNobodyIsNamedAsActor() throws Exception {
    HTTPResponse answer = exchange(people().issue("alice"), null, "mail");
    String token = Agent.accessToken(answer).getValue();
    assertThat(idp.introspect(ResourceClients.APPROVALS, token))
        .containsEntry("sub", "alice")
        .containsEntry("client_id", "office-agent")
        .doesNotContainKey("act");
  }

  @Test
  void anAgentGetsNoTokenForApprovals() throws Exception {
    assertRefused(exchange(people().issue("alice"), null, "approvals"), "invalid_target");
  }

  @Test
  void anApproversTokenCannotBeExchanged() throws Exception {
    assertRefused(exchange(people().issueForApprovals("bob"), null, "mail"), "invalid_grant");
  }

  @Test
  void onlyAnAgentsOwnTokenSaysWhoActs() throws Exception {
    String alice = people().issue("alice");
    assertRefused(exchange(alice, people().issue("bob"), "mail"), "invalid_grant");
    assertRefused(exchange(alice, alice, "mail"), "invalid_grant");
    String namesake = people().issue("office-agent");
    assertRefused(exchange(alice, namesake, "mail"), "invalid_grant");
    String namesakes = Agent.accessToken(exchange(namesake, null, "mail")).getValue();
    assertRefused(exchange(alice, namesakes, "mail"), "invalid_grant");

    HTTPResponse delegated = exchange(alice, ownToken(), "mail");
    assertThat(delegated.getStatusCode()).isEqualTo(200);
    String callToken = Agent.accessToken(delegated).getValue();
    assertRefused(exchange(alice, callToken, "mail"), "invalid_grant");
  }

  @Test
  void anAgentsOwnTokenIsNobodyToActForAndHasNoScope() throws Exception {
    assertRefused(exchange(ownToken(), null, "mail"), "invalid_grant");
    assertRefused(
        idp.ask(worker(), Map.of("grant_type", "client_credentials", "scope", "bank.pay")),
        "invalid_scope");
  }

  @Test
  void oneAgentsKeyIsNoOther() throws Exception {
    AgentKeys keys = idp.part(AgentKeys.class);
    AgentKey disguised = new AgentKey("planner", keys.of("worker").jwk());
    HTTPResponse answer = idp.ask(disguised, Map.of("grant_type", "client_credentials"));
    assertThat(answer.getStatusCode()).isEqualTo(401);
  }

  private static SubjectTokens people() {
    return idp.part(SubjectTokens.class);
  }

  private static AgentKey worker() {
    return idp.part(AgentKeys.class).of("worker");
  }

  private static String ownToken() throws Exception {
    HTTPResponse answer = idp.ask(worker(), Map.of("grant_type", "client_credentials"));
    return Agent.accessToken(answer).getValue();
  }

  private static HTTPResponse exchange(
      String subjectToken, @Nullable String actorToken, String audience) throws Exception {
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", subjectToken,
                "subject_token_type", ACCESS_TOKEN,
                "audience", audience));
    if (actorToken != null) {
      form.put("actor_token", actorToken);
      form.put("actor_token_type", ACCESS_TOKEN);
    }
    return idp.ask(idp.part(AgentKey.class), form);
  }

  private static void assertRefused(HTTPResponse answer, String error) throws Exception {
    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBodyAsJSONObject()).containsEntry("error", error);
  }
}
