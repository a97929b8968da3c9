package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolCall;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Clock;
import dev.tollgate.fixture.Policy;
import dev.tollgate.fixture.Sink;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskLife;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Agents that hand work to each other: assistant, clerk, teller, runner. */
final class Office {
  static final String DOMAIN = "acme.example";
  static final Caller ALICE = Caller.of("acme", "alice");
  final Bench bench = new Bench(Policy.permit());
  final Clock clock = bench.clock;
  final Sink sink = bench.sink;
  final SigningKeys keys = new SigningKeys();
  final InMemoryStateStore state = new InMemoryStateStore(clock);
  final Delegations delegations = new Delegations(keys, DOMAIN, state, sink, clock);
  final DelegationBudget budget = new DelegationBudget(state, clock);
  final DelegationStage stage = new DelegationStage(keys, clock, budget);

  /** What the assistant was asked by the user. */
  Task task() {
    return task("t-1", ALICE, "hmac-sha256:words");
  }

  Task task(String id, Caller caller, String intentDigest) {
    return new Task(
        id,
        new Conversation(caller.tenant(), "chat-1"),
        caller,
        AgentIdentity.of("assistant"),
        Intent.human("Pay the bill."),
        intentDigest,
        "test",
        clock.now(),
        clock.nanos() + Duration.ofMinutes(30).toNanos());
  }

  /** All that the assistant hands to the clerk. */
  static Grant toClerk() {
    return Grant.to("clerk")
        .tools("read", "pay")
        .scopes("pay", "see")
        .calls(10)
        .amount("eur", 100)
        .depth(3)
        .lifetime(Duration.ofMinutes(10));
  }

  String delegate(Task task, Grant grant) {
    try {
      return delegations.delegate(task, grant);
    } catch (DelegationException e) {
      throw new AssertionError(e.reason().code(), e);
    }
  }

  Task accept(String token, String receiver) {
    return delegations.accept(token, ALICE, AgentIdentity.of(receiver));
  }

  /** Hands over and accepts. */
  Task hand(Task task, Grant grant) {
    return accept(delegate(task, grant), grant.to());
  }

  static VerifiedDelegation verified(Task task) {
    assertThat(task.delegation()).isInstanceOf(VerifiedDelegation.class);
    return (VerifiedDelegation) task.delegation();
  }

  /** Why every call of the task is denied: by the stage, and as the last record says. */
  ReasonCode refusal(Task task) {
    assertThat(task.delegation()).isInstanceOf(RefusedDelegation.class);
    ReasonCode reason = ((RefusedDelegation) task.delegation()).reason();
    assertThat(decide(task, "read")).isEqualTo(reason);
    List<AuditRecord.DelegationAccepted> records =
        sink.records(AuditRecord.DelegationAccepted.class);
    assertThat(records.get(records.size() - 1).reason()).isEqualTo(reason.code());
    return reason;
  }

  /** Why a call is denied; {@code null} if it is not. */
  @Nullable ReasonCode decide(Task task, String tool) {
    ToolCall call = bench.call(task, bench.tool(tool), "{}");
    Decision decision = stage.decide(List.of(call)).get(0);
    assertThat(decision.basis().decider()).isEqualTo("delegation");
    return decision instanceof Decision.Deny deny ? deny.reason() : null;
  }

  static DelegationClaims read(String token) {
    try {
      return ClaimsReader.read(SignedToken.read(token).payload());
    } catch (DelegationException e) {
      throw new AssertionError(e);
    }
  }

  /** Signed with the real key, whatever it says. */
  String sign(DelegationClaims claims) {
    return new DelegationKeys(keys).sign(ClaimsForm.write(claims));
  }

  /** A hop from the clerk to the teller, before anybody changes it. */
  static DelegationClaims toTeller(String parentToken) {
    DelegationClaims parent = read(parentToken);
    Grant grant =
        new Grant(
            "teller",
            Set.of("read"),
            Set.of("see"),
            5,
            Map.of("eur", 50L),
            1,
            parent.grant().lifetime());
    return new DelegationClaims(
        parent.task(),
        UUID.randomUUID().toString(),
        parent.issuedAt(),
        parent.expiresAt(),
        List.of("teller", "clerk", "assistant"),
        grant,
        parent.standing(),
        parentToken);
  }

  static DelegationClaims with(DelegationClaims claims, UnaryOperator<Grant> change) {
    return new DelegationClaims(
        claims.task(),
        claims.id(),
        claims.issuedAt(),
        claims.expiresAt(),
        claims.actors(),
        change.apply(claims.grant()),
        claims.standing(),
        claims.parent());
  }

  /** A task that says it was handed something. */
  Task carrying(Task task, String agent, @Nullable Delegation delegation) {
    return new Task(
        task.id(),
        task.conversation(),
        task.caller(),
        AgentIdentity.of(agent),
        task.intent(),
        task.intentDigest(),
        task.environment(),
        task.startedAt(),
        task.deadlineNanos(),
        delegation,
        new TaskLife());
  }
}
