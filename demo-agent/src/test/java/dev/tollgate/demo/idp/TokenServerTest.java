package dev.tollgate.demo.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import dev.tollgate.demo.office.Agent;
import dev.tollgate.demo.office.RunningOffice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the token endpoint issues, refuses and does wrong on demand. */
class TokenServerTest {
  private static final Duration CALL = Duration.ofSeconds(60);

  private static RunningOffice office;
  private static Agent agent;

  @BeforeAll
  static void open() {
    office = RunningOffice.start();
    agent = new Agent(office, office.agentKey());
  }

  @AfterAll
  static void shut() {
    office.close();
  }

  @AfterEach
  void repair() {
    office.faults().set(IdpFaults.Mode.NONE);
  }

  @Test
  void issuesExactlyWhatWasAskedFor() throws Exception {
    AccessToken token = agent.token("mail", "mail.read", "mail.send");
    JWTClaimsSet claims = claims(token);

    assertThat(claims.getIssuer()).isEqualTo(office.idp().issuer().toString());
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getAudience()).containsExactly("mail");
    assertThat(claims.getStringListClaim("scope"))
        .containsExactlyInAnyOrder("mail.read", "mail.send");
    assertThat(lifetime(claims)).isEqualTo(CALL);
    assertThat(token.getLifetime()).isBetween(55L, 60L);
    assertThat(token.getScope().toStringList()).containsExactlyInAnyOrder("mail.read", "mail.send");
  }

  @Test
  void refusesAnotherKey() throws Exception {
    var stranger = new Agent(office, AgentKey.generate());
    HTTPResponse answer = stranger.exchange("mail", "mail.read");

    assertThat(answer.getStatusCode()).isEqualTo(401);
    assertThat(answer.getBodyAsJSONObject()).containsEntry("error", "invalid_client");
  }

  @Test
  void refusesUnknownAudiencesScopesAndSubjects() throws Exception {
    assertRefused(agent.exchange("vault", "mail.read"), "invalid_target");
    assertRefused(agent.exchange(null, "mail.read"), "invalid_target");
    assertRefused(agent.exchange("mail", "mail.delete"), "invalid_scope");
    String login = office.subjectTokens().issue("alice");
    assertRefused(agent.exchangeFor(login + "x", "mail", "mail.read"), "invalid_grant");
  }

  @Test
  void canBeDownOrAnswerNonsense() throws Exception {
    office.faults().set(IdpFaults.Mode.DOWN);
    assertThat(agent.exchange("mail", "mail.read").getStatusCode()).isEqualTo(503);

    office.faults().set(IdpFaults.Mode.EMPTY);
    HTTPResponse empty = agent.exchange("mail", "mail.read");
    assertThat(empty.getStatusCode()).isEqualTo(200);
    assertThat(empty.getBody()).isNullOrEmpty();

    office.faults().set(IdpFaults.Mode.HTML);
    HTTPResponse page = agent.exchange("mail", "mail.read");
    assertThat(page.getStatusCode()).isEqualTo(200);
    assertThat(page.getHeaderValue("Content-Type")).startsWith("text/html");
    assertThat(page.getBody()).contains("<title>Sign in</title>");
  }

  @Test
  void canBeSlow() throws Exception {
    office.faults().slow(Duration.ofMillis(400));
    long start = System.nanoTime();
    HTTPResponse answer = agent.exchange("mail", "mail.read");

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void canGrantAWiderScope() throws Exception {
    office.faults().set(IdpFaults.Mode.WIDER_SCOPE);
    AccessToken token = agent.token("mail", "mail.read");

    assertThat(token.getScope().toStringList()).containsExactlyInAnyOrder("mail.read", "bank.pay");
    assertThat(claims(token).getStringListClaim("scope"))
        .containsExactlyInAnyOrder("mail.read", "bank.pay");
  }

  @Test
  void canGrantAWiderAudience() throws Exception {
    office.faults().set(IdpFaults.Mode.WIDER_AUDIENCE);

    assertThat(claims(agent.token("mail", "mail.read")).getAudience())
        .containsExactlyInAnyOrder("mail", "bank");
  }

  @Test
  void canIssueLongLivedTokens() throws Exception {
    office.faults().set(IdpFaults.Mode.LONG_LIVED);
    AccessToken token = agent.token("mail", "mail.read");

    assertThat(lifetime(claims(token))).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    assertThat(token.getLifetime()).isGreaterThan(3500);
  }

  @Test
  void faultsLeaveRevocationAndIntrospectionAlone() throws Exception {
    AccessToken token = agent.token("mail", "mail.read");
    office.faults().set(IdpFaults.Mode.DOWN);

    assertThat(agent.get("/office/mail/inbox", token).statusCode()).isEqualTo(200);
    assertThat(agent.revoke(token)).isEqualTo(200);
    assertThat(agent.get("/office/mail/inbox", token).statusCode()).isEqualTo(401);
  }

  private static void assertRefused(HTTPResponse answer, String error) throws Exception {
    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getBodyAsJSONObject()).containsEntry("error", error);
  }

  private static JWTClaimsSet claims(AccessToken token) throws Exception {
    return SignedJWT.parse(token.getValue()).getJWTClaimsSet();
  }

  private static Duration lifetime(JWTClaimsSet claims) {
    Instant issued = claims.getIssueTime().toInstant();
    return Duration.between(issued, claims.getExpirationTime().toInstant());
  }
}
