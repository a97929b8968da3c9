package dev.tollgate.testkit;

import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.approval.StateApprovalStore;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.key.Sealing;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.time.Instant;

/** {@link StateApprovalStore} in memory. */
class InMemoryApprovalStoreTest extends ApprovalStoreContract {
  private final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-23T12:00:00.123456Z"));
  private final KeySource keys = TestKeys.inMemory();
  private final StateStore state = new InMemoryStateStore(clock);
  private final ApprovalStore store = over(state, keys, clock);

  static ApprovalStore over(StateStore state, KeySource keys, SettableClock clock) {
    return new StateApprovalStore(
        state,
        Sealing.of(keys, KeyPurpose.APPROVAL),
        new KeyedDigest(keys.secrets(KeyPurpose.DIGEST).get(0).toSecretKey("HmacSHA256")),
        clock,
        SLOTS);
  }

  @Override
  protected ApprovalStore store() {
    return store;
  }

  @Override
  protected ApprovalStore another() {
    return over(state, keys, clock);
  }

  @Override
  protected Instant now() {
    return clock.now();
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }
}
