package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Good signatures on what must not be accepted all the same. */
class RefusedTest {
  private final Office office = new Office();
  private final String parent = office.delegate(office.task(), Office.toClerk());

  private ReasonCode teller(DelegationClaims claims) {
    return office.refusal(office.accept(office.sign(claims), "teller"));
  }

  private ReasonCode clerk(DelegationClaims claims) {
    return office.refusal(office.accept(office.sign(claims), "clerk"));
  }

  @Test
  void theChildThatIsChangedBelowIsAcceptedAsItIs() {
    Office.verified(office.accept(office.sign(Office.toTeller(parent)), "teller"));
  }

  @Test
  void widerThanTheParentInAnyRespectIsRefused() {
    Map<String, UnaryOperator<Grant>> wider = new HashMap<>();
    wider.put("a tool", grant -> grant.tools("read", "wire"));
    wider.put("a scope", grant -> grant.scopes("see", "admin"));
    wider.put("calls", grant -> grant.calls(11));
    wider.put("an amount", grant -> grant.amount("eur", 101));
    wider.put("another amount", grant -> grant.amount("usd", 1));
    wider.put("the same depth", grant -> grant.depth(3));
    wider.put("more depth", grant -> grant.depth(5));
    wider.forEach(
        (what, change) ->
            assertThat(teller(Office.with(Office.toTeller(parent), change)))
                .as(what)
                .isEqualTo(ReasonCode.DELEGATION_WIDER));
  }

  @Test
  void longerThanTheParentOrTheTaskIsWider() {
    DelegationClaims child = Office.toTeller(parent);
    assertThat(teller(lasting(child, Duration.ofMinutes(10).plusSeconds(1))))
        .isEqualTo(ReasonCode.DELEGATION_WIDER);
    assertThat(clerk(lasting(Office.read(parent), Duration.ofMinutes(31))))
        .isEqualTo(ReasonCode.DELEGATION_WIDER);
  }

  private static DelegationClaims lasting(DelegationClaims claims, Duration life) {
    return new DelegationClaims(
        claims.task(),
        UUID.randomUUID().toString(),
        claims.issuedAt(),
        claims.issuedAt().plus(life),
        claims.actors(),
        claims.grant().lifetime(life),
        claims.standing(),
        claims.parent());
  }

  @Test
  void anotherTenantSubjectReceiverOrDomainIsForeign() {
    AgentIdentity clerk = AgentIdentity.of("clerk");
    List<Task> foreign =
        List.of(
            office.delegations.accept(parent, Caller.of("globex", "alice"), clerk),
            office.delegations.accept(parent, Caller.of("acme", "bob"), clerk),
            office.accept(parent, "teller"),
            new Delegations(office.keys, "globex.example", office.state, office.sink, office.clock)
                .accept(parent, Office.ALICE, clerk));
    for (Task task : foreign) {
      assertThat(office.refusal(task)).isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
    assertThat(clerk(about(Office.read(parent), Office.DOMAIN, "globex.example")))
        .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    assertThat(clerk(about(Office.read(parent), "globex.example", Office.DOMAIN)))
        .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    // None of these took the one acceptance that the token is good for.
    Office.verified(office.accept(parent, "clerk"));
  }

  private static DelegationClaims about(DelegationClaims claims, String issuer, String audience) {
    DelegatedTask task = claims.task();
    return about(
        claims,
        new DelegatedTask(
            issuer,
            audience,
            task.id(),
            task.tenant(),
            task.subject(),
            task.intentDigest(),
            task.intentSource(),
            task.environment(),
            task.conversation(),
            task.startedAt(),
            task.endsAt()));
  }

  private static DelegationClaims about(DelegationClaims claims, DelegatedTask task) {
    return new DelegationClaims(
        task,
        claims.id(),
        claims.issuedAt(),
        claims.expiresAt(),
        claims.actors(),
        claims.grant(),
        claims.standing(),
        claims.parent());
  }

  @Test
  void aParentOfAnotherTaskIntentOrUserIsForeign() {
    DelegationClaims child = Office.toTeller(parent);
    for (Task other :
        List.of(
            office.task("t-2", Office.ALICE, "hmac-sha256:words"),
            office.task("t-1", Office.ALICE, "hmac-sha256:other"),
            office.task("t-1", Caller.of("acme", "bob"), "hmac-sha256:words"),
            office.task("t-1", Caller.of("globex", "alice"), "hmac-sha256:words"))) {
      String spliced = office.delegate(other, Office.toClerk());
      DelegationClaims mixed =
          new DelegationClaims(
              child.task(),
              child.id(),
              child.issuedAt(),
              child.expiresAt(),
              child.actors(),
              child.grant(),
              child.standing(),
              spliced);
      assertThat(teller(mixed)).isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
  }

  @Test
  void aParentThatWasForSomebodyElseIsForeign() {
    DelegationClaims child = Office.toTeller(parent);
    for (List<String> actors :
        List.of(
            List.of("teller", "runner", "assistant"),
            List.of("teller", "clerk", "boss"),
            List.of("teller", "clerk"),
            List.of("runner", "clerk", "assistant"))) {
      assertThat(teller(acting(child, actors))).isEqualTo(ReasonCode.DELEGATION_FOREIGN);
    }
    // A first hop that claims agents before it.
    DelegationClaims first = Office.read(parent);
    assertThat(clerk(acting(first, List.of("clerk", "boss", "assistant"))))
        .isEqualTo(ReasonCode.DELEGATION_FOREIGN);
  }

  private static DelegationClaims acting(DelegationClaims claims, List<String> actors) {
    return new DelegationClaims(
        claims.task(),
        claims.id(),
        claims.issuedAt(),
        claims.expiresAt(),
        actors,
        claims.grant(),
        claims.standing(),
        claims.parent());
  }

  @Test
  void aChainThatIsTooDeepOrComesBackIsRefused() {
    String flat = office.delegate(office.task(), Office.toClerk().depth(0));
    assertThat(teller(Office.with(Office.toTeller(flat), grant -> grant.depth(0))))
        .isEqualTo(ReasonCode.DELEGATION_TOO_DEEP);
    DelegationClaims child = Office.toTeller(parent);
    Grant back =
        new Grant("assistant", Set.of(), Set.of(), 1, Map.of(), 0, child.grant().lifetime());
    DelegationClaims cycle =
        acting(Office.with(child, grant -> back), List.of("assistant", "clerk", "assistant"));
    assertThat(office.refusal(office.accept(office.sign(cycle), "assistant")))
        .isEqualTo(ReasonCode.DELEGATION_TOO_DEEP);
  }

  @Test
  void sevenHopsAreTooDeepWhateverTheySay() {
    String token = parent;
    DelegationClaims last = Office.read(parent);
    for (int hop = 2; hop <= 7; hop++) {
      List<String> actors = new ArrayList<>(last.actors());
      actors.add(0, "agent-" + hop);
      Grant grant =
          new Grant("agent-" + hop, Set.of(), Set.of(), 1, Map.of(), 0, last.grant().lifetime());
      last =
          new DelegationClaims(
              last.task(),
              "id-" + hop,
              last.issuedAt(),
              last.expiresAt(),
              actors,
              grant,
              last.standing(),
              token);
      token = office.sign(last);
    }
    assertThat(office.refusal(office.accept(token, "agent-7")))
        .isEqualTo(ReasonCode.DELEGATION_TOO_DEEP);
    // Counted before anything else is asked: nobody is made to verify a hundred signatures.
    assertThat(office.refusal(office.accept(token, "somebody else")))
        .isEqualTo(ReasonCode.DELEGATION_TOO_DEEP);
  }

  @Test
  void whatHasEndedOrHasNotBegunIsExpired() {
    DelegationClaims claims = Office.read(parent);
    Instant soon = office.clock.now().plusSeconds(6);
    DelegationClaims early =
        new DelegationClaims(
            claims.task(),
            "early",
            soon,
            claims.expiresAt(),
            claims.actors(),
            claims.grant().lifetime(Duration.between(soon, claims.expiresAt())),
            claims.standing(),
            null);
    assertThat(clerk(early)).isEqualTo(ReasonCode.DELEGATION_EXPIRED);
    office.clock.pass(Duration.ofSeconds(1));
    Office.verified(office.accept(office.sign(early), "clerk")); // 5 s are tolerated
    office.clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(office.refusal(office.accept(parent, "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_EXPIRED);
  }

  @Test
  void aClockThatIsSetBackBringsNothingToLife() {
    Task clerk = office.accept(parent, "clerk");
    office.clock.pass(Duration.ofMinutes(12));
    assertThat(office.refusal(office.accept(parent, "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_EXPIRED);
    office.clock.wall = office.clock.wall.minus(Duration.ofMinutes(5));
    assertThat(office.refusal(office.accept(parent, "clerk"))).isEqualTo(ReasonCode.CLOCK_SET_BACK);
    assertThat(office.decide(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_EXPIRED);
  }

  @Test
  void theSameTokenIsAcceptedOnceHoweverItIsWritten() {
    Office.verified(office.accept(parent, "clerk"));
    assertThat(office.refusal(office.accept(parent, "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_REPLAYED);
    assertThat(office.refusal(office.accept(Forge.malleated(parent), "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_REPLAYED);
    office.clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(office.refusal(office.accept(parent, "clerk")))
        .isEqualTo(ReasonCode.DELEGATION_REPLAYED);
  }

  @Test
  void theMalleatedSignatureIsAGoodOne() {
    String other = Forge.malleated(parent);
    assertThat(other).isNotEqualTo(parent);
    Office.verified(office.accept(other, "clerk"));
  }

  @Test
  void ofAHundredThatPresentATokenAtOnceOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(100);
    CountDownLatch ready = new CountDownLatch(100);
    try {
      List<Future<Task>> tasks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        tasks.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return office.accept(parent, "clerk");
                }));
      }
      int accepted = 0;
      for (Future<Task> task : tasks) {
        if (task.get().delegation() instanceof VerifiedDelegation) {
          accepted++;
        } else {
          assertThat(task.get().delegation())
              .isEqualTo(new RefusedDelegation(ReasonCode.DELEGATION_REPLAYED));
        }
      }
      assertThat(accepted).isEqualTo(1);
      assertThat(office.sink.records(AuditRecord.DelegationAccepted.class)).hasSize(100);
    } finally {
      threads.shutdown();
    }
  }

  /** A store that breaks in its own way. */
  static StateStore broken(RuntimeException how) {
    return (StateStore)
        Proxy.newProxyInstance(
            StateStore.class.getClassLoader(),
            new Class<?>[] {StateStore.class},
            (proxy, method, args) -> {
              throw how;
            });
  }

  @Test
  void withoutAnAnswerOfTheStoreNothingIsAccepted() {
    for (RuntimeException how :
        List.of(
            new StateException("down", new IllegalStateException()), new IllegalStateException())) {
      Delegations delegations =
          new Delegations(office.keys, Office.DOMAIN, broken(how), office.sink, office.clock);
      Task task = delegations.accept(parent, Office.ALICE, AgentIdentity.of("clerk"));
      assertThat(office.refusal(task)).isEqualTo(ReasonCode.STATE_UNAVAILABLE);
    }
  }

  @Test
  void theReplayIsRememberedForTheTenantAndTheVerifiedId() {
    office.accept(parent, "clerk");
    String id = Office.read(parent).id();
    assertThat(office.state.get(new StateKey("acme", "delegation", id))).isPresent();
  }

  @Test
  void aBrokenKeySourceRefuses() {
    Delegations delegations =
        new Delegations(
            new KeySource() {
              @Override
              public List<OctetSequenceKey> secrets(KeyPurpose purpose) {
                throw new UnsupportedOperationException();
              }

              @Override
              public List<ECKey> signers(KeyPurpose purpose) {
                throw new UnsupportedOperationException();
              }
            },
            Office.DOMAIN,
            office.state,
            office.sink,
            office.clock);
    Task task = delegations.accept(parent, Office.ALICE, AgentIdentity.of("clerk"));
    assertThat(office.refusal(task)).isEqualTo(ReasonCode.STAGE_FAILED);
  }

  @Test
  void aRefusalIsOnRecordWithTheAmbientTaskAndNeverWithTheToken() {
    Task task = office.task();
    try (Scope ambient = task.open()) {
      Task refused = office.accept("not a token", "clerk");
      assertThat(refused.id()).isEqualTo("t-1");
      assertThat(refused.agent().id()).isEqualTo("clerk");
      assertThat(refused.life()).isSameAs(task.life());
    }
    var last = office.sink.entries.get(office.sink.entries.size() - 1);
    assertThat(last.taskId()).isEqualTo("t-1");
    assertThat(last.record())
        .isEqualTo(new AuditRecord.DelegationAccepted("", "clerk", "delegation_forged"));
  }
}
