package dev.tollgate.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditSink;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingAuditSinkTest extends AuditSinkContract {
  private final RecordingAuditSink sink = new RecordingAuditSink();

  @Override
  protected AuditSink sink() {
    return sink;
  }

  @Override
  protected List<String> kept(String tenant) {
    return sink.entries().stream()
        .filter(entry -> entry.tenant().equals(tenant))
        .map(AuditEntry::callId)
        .toList();
  }

  @Test
  void itFailsWhenToldTo() throws Exception {
    sink.failing(true);
    assertThatThrownBy(() -> sink.append(List.of())).isInstanceOf(AuditException.class);
    sink.failing(false);
    sink.append(List.of());
  }
}
