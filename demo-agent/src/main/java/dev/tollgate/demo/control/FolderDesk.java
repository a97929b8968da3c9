package dev.tollgate.demo.control;

import dev.tollgate.GateClock;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.key.KeySource;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.FileStateStore;
import dev.tollgate.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The approvals of a run whose process has ended, and the audit they go to. */
final class FolderDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderDesk.class);

  private final StateStore state;
  private final AuditSink audit;
  private final ApprovalDesk desk;
  private final GateClock clock = GateClock.system();

  private FolderDesk(KeySource keys, StateStore state, AuditSink audit) {
    this.state = state;
    this.audit = audit;
    this.desk = ApprovalDesk.over(state, keys, audit, clock); // nobody shows a token here
  }

  /**
   * Opens the folder.
   *
   * @throws IOException if nothing was kept there
   * @throws IllegalStateException if a process still writes there, or it cannot be read
   */
  static FolderDesk open(DemoFolder folder) throws IOException {
    Path file = folder.resolve("state.log");
    if (!Files.exists(file)) {
      throw new IOException("no approvals in " + file + ": run the demo first, or name --folder");
    }
    KeySource keys = folder.keys();
    StateStore state = FileStateStore.open(file, GateClock.system());
    AuditSink audit = null;
    FolderDesk opened = null;
    try {
      audit =
          new FileAuditSink(
              folder.audit(), keys, Durability.PROCESS, new FileAnchor(folder.anchors()));
      opened = new FolderDesk(keys, state, audit);
      return opened;
    } finally {
      if (opened == null) {
        if (audit != null) {
          audit.close();
        }
        state.close();
      }
    }
  }

  Optional<ApprovalRequest> find(String tenant, String id) {
    return desk.find(tenant, id);
  }

  /**
   * Takes the operator's answer. What the policy wants from somebody other than the subject can be
   * denied here and not approved: the system's user may be that subject, under another name.
   */
  ApprovalAnswer answer(String id, boolean yes, Approver operator) {
    String tenant = operator.tenant();
    ApprovalRequest request = desk.find(tenant, id).orElse(null);
    if (yes && request != null && request.byOther()) {
      record(request, operator, ReasonCode.APPROVER_IS_SUBJECT);
      return new ApprovalAnswer.Refused(ReasonCode.APPROVER_IS_SUBJECT);
    }
    return yes ? desk.approve(tenant, id, operator) : desk.reject(tenant, id, operator);
  }

  private void record(ApprovalRequest request, Approver operator, ReasonCode reason) {
    var refused =
        new AuditRecord.ApprovalAnswered(
            request.id(), "refuse", operator.subject(), true, List.of(), reason.code());
    String task = request.call().taskId();
    try {
      audit.append(
          List.of(
              new AuditEntry(clock.now(), operator.tenant(), task, request.callId(), "", refused)));
    } catch (AuditException e) {
      log.error("audit: a refused answer to {} could not be written", request.id(), e);
    }
  }

  /** What waits for an answer, and what was approved and has not run; the oldest first. */
  List<ApprovalRequest> open(String tenant) {
    return desk.open(tenant);
  }

  @Override
  public void close() {
    audit.close();
    state.close();
  }
}
