package dev.tollgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.destination.Connection;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.testkit.ScriptedPolicy;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsideCallTest {
  private final Names names =
      new Names().with("office.test", "127.0.0.1").with("evil.test", "127.0.0.1");
  private Site site;
  private GuardedHttpClient client;

  @BeforeEach
  void open() throws IOException {
    site = new Site("hello");
    client =
        GuardedHttpClient.builder()
            .resolver(names)
            .permit("office.test")
            .permit("evil.test")
            .build();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
  }

  private static boolean inOffice(dev.tollgate.policy.PolicyRequest request) {
    Connection connection = Objects.requireNonNull(request.facts().connection());
    return connection.zone().equals("office");
  }

  @Test
  void thePolicyIsAskedAgainAboutTheVeryAddressAndTheAnswerIsOnRecord() {
    ScriptedPolicy policy = Caller.connecting(request -> true);
    Caller caller = new Caller(policy);
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("hello");
    assertThat(policy.asked()).hasSize(2);
    CallFacts facts = policy.asked().get(1).get(0).facts();
    Connection connection = Objects.requireNonNull(facts.connection());
    assertThat(connection.host()).isEqualTo("office.test:" + site.port());
    assertThat(connection.address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(caller.connected())
        .containsExactly(
            new AuditRecord.Connected(
                "office.test:" + site.port(),
                "127.0.0.1",
                "office",
                0,
                "permit",
                "",
                "scripted",
                "r1",
                List.of("rule"),
                true));
    List<AuditRecord> order = caller.audit.entries().stream().map(AuditEntry::record).toList();
    assertThat(order.get(order.size() - 1)).isInstanceOf(AuditRecord.Outcome.class);
  }

  @Test
  void whatThePolicyForbidsIsNotConnectedTo() {
    Caller caller = new Caller(Caller.connecting(InsideCallTest::inOffice));
    assertThat(caller.fetched(client, site.at("evil.test"))).isEqualTo("policy_forbidden");
    assertThat(site.seen()).isEmpty();
    assertThat(caller.connected().get(0).outcome()).isEqualTo("deny");
    assertThat(caller.task.life().denials()).isEqualTo(1);
  }

  @Test
  void aRedirectIsDecidedLikeAFirstRequest() throws IOException {
    Caller caller = new Caller(Caller.connecting(InsideCallTest::inOffice));
    try (Site other = new Site("other")) {
      assertThat(caller.fetched(client, site.redirect("office.test", 302, other.at("office.test"))))
          .isEqualTo("other");
      assertThat(caller.fetched(client, site.redirect("office.test", 302, other.at("evil.test"))))
          .isEqualTo("policy_forbidden");
      assertThat(other.seen()).hasSize(1);
    }
    assertThat(caller.connected())
        .extracting(AuditRecord.Connected::redirects, AuditRecord.Connected::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, "permit"),
            org.assertj.core.groups.Tuple.tuple(1, "permit"),
            org.assertj.core.groups.Tuple.tuple(0, "permit"),
            org.assertj.core.groups.Tuple.tuple(1, "deny"));
  }

  @Test
  void aKeptConnectionIsDecidedAgain() {
    Caller caller = new Caller(Caller.connecting(request -> request.task().life().calls() < 2));
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("hello");
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("policy_forbidden");
    assertThat(site.seen()).hasSize(1);
  }

  @Test
  void anAddressThatTheClientRefusesIsOnRecordToo() {
    Caller caller = new Caller(Caller.connecting(request -> true));
    String way = site.redirect("office.test", 302, "http://169.254.169.254/latest/");
    assertThat(caller.fetched(client, way)).isEqualTo("destination_refused");
    AuditRecord.Connected refused = caller.connected().get(1);
    assertThat(refused.host()).isEqualTo("169.254.169.254");
    assertThat(refused.address()).isEqualTo("169.254.169.254");
    assertThat(refused.reason()).isEqualTo("destination_refused");
    assertThat(refused.decider()).isEqualTo("client");
    assertThat(refused.redirects()).isEqualTo(1);
    assertThat(caller.task.life().denials()).isEqualTo(1);
  }

  @Test
  void aPolicyThatThrowsOrSaysNothingRefuses() {
    Caller throwing =
        new Caller(
            Caller.connecting(
                request -> {
                  throw new IllegalStateException("broken");
                }));
    assertThat(throwing.fetched(client, site.at("office.test"))).isEqualTo("policy_error");
    assertThat(site.seen()).isEmpty();
    assertThat(throwing.connected()).hasSize(1);
  }

  @Test
  void whatNobodyCanPutOnRecordIsNotConnectedTo() {
    Caller caller = new Caller(Caller.connecting(request -> true));
    ToolResult result =
        caller.call(
            () -> {
              caller.audit.failing(true);
              try {
                return Caller.get(client, site.at("office.test"));
              } finally {
                caller.audit.failing(false);
              }
            });
    assertThat(((ToolResult.Failed) result).cause())
        .hasMessageContaining(ReasonCode.AUDIT_UNAVAILABLE.code());
    assertThat(site.seen()).isEmpty();
  }

  @Test
  void aThreadThatKeepsTheContextOfAnEndedCallIsRefused() throws Exception {
    Caller caller = new Caller(Caller.connecting(request -> true));
    AtomicReference<Context> kept = new AtomicReference<>(Context.root());
    caller.call(
        () -> {
          kept.set(Context.current());
          return "";
        });
    String answer =
        Objects.requireNonNull(kept.get())
            .wrap(
                () -> {
                  try {
                    return Caller.get(client, site.at("office.test"));
                  } catch (IOException e) {
                    return String.valueOf(e.getMessage());
                  }
                })
            .call();
    assertThat(answer).contains("destination_refused");
    assertThat(site.seen()).isEmpty();
  }

  @Test
  void aPoolThatCarriesTheContextIsDecidedAndATaskWithoutACallIsRefused() {
    Caller caller = new Caller(Caller.connecting(InsideCallTest::inOffice));
    Executor pool = Context.taskWrapping(command -> new Thread(command).start());
    ToolResult result = caller.call(() -> elsewhere(pool, site.at("evil.test")));
    assertThat(result).isEqualTo(ToolResult.returned("refused: policy_forbidden"));
    ToolResult lost =
        caller.call(
            () ->
                elsewhere(
                    command -> new Thread(() -> alone(caller, command)).start(),
                    site.at("office.test")));
    assertThat(lost).isEqualTo(ToolResult.returned("refused: destination_refused"));
    assertThat(site.seen()).isEmpty();
  }

  private static void alone(Caller caller, Runnable command) {
    try (var scope = caller.task.open()) {
      command.run();
    }
  }

  private String elsewhere(Executor pool, String url) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return Caller.get(client, url);
              } catch (dev.tollgate.destination.ConnectionRefusedException e) {
                return "refused: " + e.reason().code();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            pool)
        .join();
  }

  @Test
  void aSecondAnswerThatDemandsMoreThanTheFirstRefuses() {
    for (Decision stricter :
        List.of(
            new Decision.NeedsApproval(Caller.BASIS, List.of()),
            new Decision.Permit(Caller.BASIS, List.of(new Obligation.AddLabel("foreign"))),
            new Decision.Permit(
                Caller.BASIS, List.of(new Obligation.MaskResult(java.util.Set.of("iban")))),
            new Decision.Permit(Caller.BASIS, List.of(new Obligation.ApprovedByOther())),
            new Decision.Permit(Caller.BASIS, List.of(new Obligation.Unknown("x"))))) {
      Caller caller =
          new Caller(
              ScriptedPolicy.of(
                  request ->
                      request.facts().connection() == null
                          ? Decision.permit(Caller.BASIS)
                          : stricter));
      assertThat(caller.fetched(client, site.at("office.test")))
          .isIn("approval_required", "destination_refused", "obligation_unknown");
    }
    assertThat(site.seen()).isEmpty();
  }

  @Test
  void aSecondAnswerThatDemandsWhatTheFirstDidIsEnough() {
    Decision same =
        new Decision.Permit(
            Caller.BASIS, List.of(new Obligation.CapLifetime(Duration.ofSeconds(5))));
    Caller caller = new Caller(ScriptedPolicy.of(request -> same));
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("hello");
  }

  @Test
  void theCallsOwnRunIsNoPartOfWhatThePolicyIsAskedWith() {
    ScriptedPolicy policy =
        Caller.connecting(
            request ->
                Objects.requireNonNull(request.facts().history()).calls() == 0
                    && Objects.requireNonNull(request.facts().history()).effects().isEmpty());
    Caller caller = new Caller(policy);
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("hello");
    assertThat(caller.task.life().sequence().effects()).isNotEmpty();
  }

  @Test
  void observeModeRecordsWhatItLetsThroughButNeverOpensAnAddress() {
    Caller caller = new Caller(Caller.connecting(request -> false), true);
    assertThat(caller.fetched(client, site.at("office.test"))).isEqualTo("hello");
    assertThat(caller.connected().get(0).enforced()).isFalse();
    assertThat(caller.connected().get(0).reason()).isEqualTo("policy_forbidden");
    assertThat(caller.fetched(client, "http://10.0.0.1/")).isEqualTo("destination_refused");
  }

  @Test
  void anOutcomeIsStillRecordedWhenTheToolCatchesTheRefusal() {
    Caller caller = new Caller(Caller.connecting(request -> false));
    ToolResult result =
        caller.call(
            () -> {
              try {
                return Caller.get(client, site.at("office.test"));
              } catch (IOException e) {
                return "kept quiet";
              }
            });
    assertThat(result).isEqualTo(ToolResult.returned("kept quiet"));
    assertThat(caller.connected()).hasSize(1);
    assertThat(caller.task.life().denials()).isEqualTo(1);
  }
}
