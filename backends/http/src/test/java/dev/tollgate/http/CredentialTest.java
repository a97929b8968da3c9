package dev.tollgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The call's credential goes to its own origin, by a way that nobody else chose. */
class CredentialTest {
  private Site bank;
  private Site other;
  private GuardedHttpClient client;

  @BeforeEach
  void open() throws IOException {
    bank = new Site("bank");
    other = new Site("other");
    client = GuardedHttpClient.builder().permit("127.0.0.1").permit("localhost").build();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    bank.close();
    other.close();
  }

  private ToolResult call(ScriptedPolicy policy, Caller.Body body) {
    String manifest =
        "version: tollgate/manifest/v1\ntools:\n  - name: pay\n    effect: pay\n    credential:\n"
            + "      audience: bank\n      scopes: [pay]\n      lifetime-seconds: 60\n      origin: "
            + bank.at("127.0.0.1")
            + "\n";
    CountingIssuer issuer = new CountingIssuer("one-token");
    try (ToolGate gate =
        TestGates.gate(policy, new RecordingAuditSink())
            .manifest(ToolManifest.parse(manifest, "test"))
            .credentials(issuer, issuer)
            .build()) {
      return gate.call(
          gate.propose(
              new Proposal(
                  gate.startTask(Intent.human("Pay."), null, null, null),
                  gate.describe(new ToolDefinition("pay", "pays", "{}", "test")),
                  "{}",
                  "m1",
                  SpanOwner.GATE)),
          arguments -> ToolResult.returned(body.run()));
    }
  }

  private ToolResult call(Caller.Body body) {
    return call(ScriptedPolicy.permitAll(), body);
  }

  @Test
  void itIsAddedAtItsOriginAndNowhereElse() {
    ToolResult result =
        call(
            () -> {
              Caller.get(client, bank.at("127.0.0.1"));
              Caller.get(client, other.at("127.0.0.1"));
              return Caller.get(client, bank.at("localhost"));
            });
    assertThat(result).isEqualTo(ToolResult.returned("bank"));
    assertThat(bank.header(0, "Authorization")).isEqualTo("Bearer one-token-1");
    assertThat(other.header(0, "Authorization")).isNull();
    assertThat(bank.header(1, "Authorization")).isNull();
  }

  @Test
  void aRedirectNeitherCarriesItAwayNorBringsItIn() {
    call(
        () ->
            Caller.get(client, bank.redirect("127.0.0.1", 302, other.at("127.0.0.1")))
                + Caller.get(client, other.redirect("127.0.0.1", 302, bank.at("127.0.0.1"))));
    assertThat(bank.header(0, "Authorization")).isEqualTo("Bearer one-token-1");
    assertThat(other.header(0, "Authorization")).isNull();
    assertThat(bank.seen()).hasSize(2);
    assertThat(bank.header(1, "Authorization")).isNull();
  }

  @Test
  void aRedirectWithinItsOriginKeepsIt() {
    call(() -> Caller.get(client, bank.redirect("127.0.0.1", 302, "/there")));
    assertThat(bank.header(1, "Authorization")).isEqualTo("Bearer one-token-1");
  }

  @Test
  void theCallersOwnHeaderIsLeftAlone() {
    call(
        () -> {
          HttpGet get = new HttpGet(bank.at("127.0.0.1"));
          get.setHeader("Authorization", "Bearer own");
          return client.execute(get, response -> "");
        });
    assertThat(bank.header(0, "Authorization")).isEqualTo("Bearer own");
  }

  @Test
  void aShorterLifeThanItHasIsTooLateToAskFor() {
    ScriptedPolicy shorter =
        ScriptedPolicy.of(
            request ->
                new Decision.Permit(
                    Caller.BASIS,
                    List.of(
                        new Obligation.CapLifetime(
                            Duration.ofSeconds(request.facts().connection() == null ? 30 : 5)))));
    ToolResult result = call(shorter, () -> Caller.get(client, bank.at("127.0.0.1")));
    assertThat(((ToolResult.Failed) result).cause()).hasMessageContaining("destination_refused");
    assertThat(bank.seen()).isEmpty();
  }
}
