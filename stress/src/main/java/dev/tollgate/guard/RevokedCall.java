package dev.tollgate.guard;

import dev.tollgate.GateClock;
import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolCall;
import dev.tollgate.ToolGate;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateKey;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One call and its revocation, in the steps that the gate takes. */
class RevokedCall {
  private static final ToolCall CALL = call();
  private static final RevocationTarget TARGET = RevocationTarget.agent("acme", "agent");
  final Revocations revocations =
      new Revocations(new NoStore(), GateClock.system(), Duration.ofHours(1));
  final RunningCall running = new RunningCall(CALL);

  /** Until the tool would run; it then runs on. */
  boolean begins() {
    revocations.enter(running);
    return revocations.refuse(CALL) == null && running.begin() == null;
  }

  /** Whether the acknowledgement says that the call was in flight. */
  boolean revokedInFlight() {
    List<RunningCall> hit = revocations.stop(TARGET, ReasonCode.AGENT_REVOKED);
    return hit.contains(running) && running.revokedInFlight() != null;
  }

  void cut() {
    revocations.stop(TARGET, ReasonCode.AGENT_REVOKED).forEach(RunningCall::cut);
  }

  private static ToolCall call() {
    try (ToolGate gate = ToolGate.builder().keys(new OneKey()).build()) {
      Task task =
          gate.startTask(
              Intent.human("x"), AgentIdentity.of("agent"), Caller.of("acme", "alice"), null);
      return gate.propose(
          new Proposal(task, Tool.unknown("read", "stress"), "{}", null, SpanOwner.GATE));
    }
  }

  private static final class OneKey implements KeySource {
    @Override
    public List<com.nimbusds.jose.jwk.OctetSequenceKey> secrets(KeyPurpose purpose) {
      return List.of(
          new com.nimbusds.jose.jwk.OctetSequenceKey.Builder(new byte[32]).keyID("k").build());
    }

    @Override
    public List<com.nimbusds.jose.jwk.ECKey> signers(KeyPurpose purpose) {
      return List.of();
    }
  }

  /** Keeps nothing: another lock would hide what is looked for. */
  private static final class NoStore implements StateStore {
    @Override
    public boolean putIfAbsent(StateKey key, String value, Duration life) {
      return true;
    }

    @Override
    public Optional<String> get(StateKey key) {
      return Optional.empty();
    }

    @Override
    public Map<String, String> list(String tenant, String room) {
      return Map.of();
    }

    @Override
    public boolean replace(StateKey key, String expected, String value) {
      return false;
    }

    @Override
    public boolean remove(StateKey key, String expected) {
      return false;
    }

    @Override
    public OptionalLong add(StateKey key, long delta, long limit, Duration life) {
      return OptionalLong.empty();
    }

    @Override
    public void publish(String topic, String message) {}

    @Override
    public Subscription subscribe(String topic, Consumer<String> listener) {
      return () -> {};
    }

    @Override
    public void close() {}
  }
}
