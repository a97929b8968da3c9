package dev.tollgate.testkit.coverage;

import static java.util.Objects.requireNonNull;

import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One path in one case: a body that counts, and a place in the audit. Bodies on any thread. */
public final class CoverageTrial {
  private static final Approver BOB = Approver.person(CoverageGate.TENANT, "bob", null);

  private final CoverageGate gate;
  private final CoverageCase given;
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger withCredential = new AtomicInteger();
  private final AtomicReference<AuditFile.@Nullable Mark> from = new AtomicReference<>();
  private final AtomicReference<AuditFile.@Nullable Mark> to = new AtomicReference<>();
  private final int refusedBefore;
  private volatile int refused;

  CoverageTrial(CoverageGate gate, CoverageCase given) {
    this.gate = gate;
    this.given = given;
    this.refusedBefore = gate.auditRefused();
  }

  public CoverageCase given() {
    return given;
  }

  /** What runs at the end of every path. */
  public String body() {
    return body(CallCredential.current().isPresent());
  }

  /**
   * Like {@link #body()}, for one that runs elsewhere.
   *
   * @param credential whether it got the call's credential
   */
  public String body(boolean credential) {
    ran.incrementAndGet();
    if (credential) {
      withCredential.incrementAndGet();
    }
    return "ran";
  }

  /** The next calls are those that the trial is about: from here on the case holds. */
  public void arm() {
    if (from.compareAndSet(null, gate.recorded())) {
      gate.arm(given);
    }
  }

  boolean armed() {
    return from.get() != null;
  }

  /** Does it as an application does that opens a task of its own. */
  public <T> T inTask(Callable<T> work) throws Exception {
    Task task = gate.gate().startTask(Intent.human("go"), null, null, null);
    try (Scope open = task.open()) {
      return work.call();
    }
  }

  /** A person approves what waits, and the application resumes it by its id. */
  public void approve(Consumer<String> resume) {
    ApprovalDesk desk = requireNonNull(gate.gate().approvals());
    for (ApprovalRequest request : desk.pending(CoverageGate.TENANT)) {
      desk.approve(CoverageGate.TENANT, request.id(), BOB);
      resume.accept(request.id());
    }
  }

  /** Nothing more happens that the trial is about. A person rejects what still waits. */
  public void end() {
    if (!armed()) {
      throw new IllegalStateException("the path never came to the call that it is about");
    }
    if (to.compareAndSet(null, gate.recorded())) {
      refused = gate.auditRefused() - refusedBefore;
      gate.disarm(given);
      ApprovalDesk desk = requireNonNull(gate.gate().approvals());
      for (ApprovalRequest request : desk.pending(CoverageGate.TENANT)) {
        desk.reject(CoverageGate.TENANT, request.id(), BOB);
      }
    }
  }

  /** Whether it came to its end, so that it can be judged. */
  public boolean ended() {
    return to.get() != null;
  }

  /**
   * What came of it.
   *
   * @param ranAtFirst how often the body ran before anybody approved anything
   * @param audit what the audit has, see {@link CoverageGate#evidence}
   */
  public CoverageVerdict verdict(int ranAtFirst, CoverageEvidence audit) {
    return new CoverageVerdict(ranAtFirst, ran.get(), withCredential.get(), refused, audit);
  }

  public int ran() {
    return ran.get();
  }

  AuditFile.Mark from() {
    return requireNonNull(from.get());
  }

  AuditFile.Mark to() {
    return requireNonNull(to.get());
  }
}
