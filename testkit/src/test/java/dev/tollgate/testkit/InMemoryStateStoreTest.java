package dev.tollgate.testkit;

import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import java.time.Duration;
import java.time.Instant;

class InMemoryStateStoreTest extends StateStoreContract {
  private final SettableClock clock = new SettableClock(Instant.EPOCH);
  private final StateStore store = new InMemoryStateStore(clock);

  @Override
  protected StateStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }
}
