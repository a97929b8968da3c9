package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.reason.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditSink} must do. */
public abstract class AuditSinkContract {

  /** The sink under test; the same one for one test. */
  protected abstract AuditSink sink();

  /** The call ids of the tenant's records, as they are kept, in order. */
  protected abstract List<String> kept(String tenant) throws Exception;

  private static AuditEntry entry(String tenant, String call) {
    return new AuditEntry(
        Instant.parse("2026-11-23T12:00:00Z"),
        tenant,
        "t-1",
        call,
        "",
        new AuditRecord.Refused(ReasonCode.POLICY_FORBIDDEN));
  }

  @Test
  void recordsAreKeptInOrder() throws Exception {
    sink().append(List.of(entry("acme", "c-1"), entry("acme", "c-2")));
    sink().append(List.of());
    sink().append(List.of(entry("acme", "c-3")));
    assertThat(kept("acme")).containsExactly("c-1", "c-2", "c-3");
  }

  @Test
  void tenantsAreApart() throws Exception {
    sink().append(List.of(entry("acme", "c-1"), entry("globex", "c-2"), entry("acme", "c-3")));
    assertThat(kept("acme")).containsExactly("c-1", "c-3");
    assertThat(kept("globex")).containsExactly("c-2");
  }

  @Test
  void whatIsAppendedTogetherStaysTogether() throws Exception {
    AtomicInteger next = new AtomicInteger();
    Threads.together(
        16,
        () -> {
          for (int i = 0; i < 50; i++) {
            String call = "c-" + next.incrementAndGet();
            sink().append(List.of(entry("acme", call), entry("acme", call)));
          }
        });
    List<String> kept = kept("acme");
    assertThat(kept).hasSize(1600);
    assertThat(IntStream.range(0, 800)).allMatch(i -> kept.get(2 * i).equals(kept.get(2 * i + 1)));
  }

  @Test
  void anInterruptedThreadCanAppend() throws Exception {
    Thread.currentThread().interrupt();
    try {
      sink().append(List.of(entry("acme", "c-1")));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    sink().append(List.of(entry("acme", "c-2")));
    assertThat(kept("acme")).containsExactly("c-1", "c-2");
  }
}
