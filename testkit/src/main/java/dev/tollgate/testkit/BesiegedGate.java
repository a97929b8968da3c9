package dev.tollgate.testkit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.coverage.CoverageManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A gate under attack: what ran, whether it had a credential, and what was decided. Its policy
 * forbids {@link #PAY}, asks a person about {@link #SIGN} and permits the rest. Thread-safe.
 */
public class BesiegedGate implements AutoCloseable {
  /** Whether this run has the weaver. */
  public static final boolean WOVEN = Boolean.getBoolean("woven");

  /** Forbidden, in every siege. */
  public static final String PAY = "pay";

  /** A person has to approve it, in every siege. */
  public static final String SIGN = "sign";

  /** Permitted, in every siege. */
  public static final String READ = "read";

  /** One body that ran. */
  public record Ran(String tool, boolean credential) {}

  public final RecordingAuditSink audit = new RecordingAuditSink();
  public final ToolGate gate;
  public final List<Ran> bodies = new CopyOnWriteArrayList<>();

  public BesiegedGate() {
    CountingIssuer tokens = new CountingIssuer();
    gate =
        TestGates.gate(ScriptedPolicy.of(request -> decide(request.tool().name())), audit)
            .manifest(CoverageManifest.of("pay", "sign", "read", "write", "tool_search_tool"))
            .credentials(tokens, tokens)
            .approvals(10, Duration.ofMinutes(10))
            .build();
  }

  private static Decision decide(String tool) {
    Basis basis = new Basis("scripted", "r1", List.of("rule"));
    return switch (tool) {
      case PAY -> new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN);
      case SIGN -> new Decision.NeedsApproval(basis, List.of());
      default -> Decision.permit(basis);
    };
  }

  /** What stands in every body. */
  public String runs(String tool) {
    bodies.add(new Ran(tool, CallCredential.current().isPresent()));
    return "ran " + tool;
  }

  /** A task, as an application opens it around its own code. */
  public Task task() {
    return gate.startTask(Intent.human("go"), null, null, null);
  }

  /** Why calls were refused, in the order of the audit. */
  public List<String> refused() {
    return audit.entries().stream()
        .map(AuditEntry::record)
        .map(
            record ->
                record instanceof AuditRecord.Decided decided && decided.outcome().equals("deny")
                    ? decided.reason()
                    : record instanceof AuditRecord.Refused late ? late.reason().code() : "")
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  /** No body ran that was not decided on and dispatched. */
  public void holds() {
    assertThat(undecided()).as("bodies without a decision: %s", bodies).isEmpty();
    credentialsFitDecisions();
  }

  /** Exactly these bodies ran without a decision, and not one of them had a credential. */
  public void escaped(String... tools) {
    assertThat(undecided()).containsExactlyInAnyOrder(tools);
    credentialsFitDecisions();
  }

  /** Escapes as documented, unless the weaver is there. */
  public void escapedUnlessWoven(String... tools) {
    if (WOVEN) {
      holds();
    } else {
      escaped(tools);
    }
  }

  private void credentialsFitDecisions() {
    Map<String, Long> held =
        bodies.stream().filter(Ran::credential).collect(groupingBy(Ran::tool, counting()));
    Map<String, Long> dispatched = dispatched();
    held.forEach(
        (tool, times) ->
            assertThat(times).as(tool).isLessThanOrEqualTo(dispatched.getOrDefault(tool, 0L)));
    assertThat(dispatched).doesNotContainKey(PAY);
  }

  private List<String> undecided() {
    List<Ran> ran = List.copyOf(bodies); // before the records, which come before the bodies
    Map<String, Long> left = dispatched();
    List<String> undecided = new ArrayList<>();
    for (Ran one : ran) {
      if (left.merge(one.tool(), -1L, Long::sum) < 0) {
        undecided.add(one.tool());
      }
    }
    return undecided;
  }

  /** How often the gate let each tool run, and only after a decision that was no denial. */
  private Map<String, Long> dispatched() {
    Set<String> permitted =
        audit.entries().stream()
            .filter(
                entry ->
                    entry.record() instanceof AuditRecord.Decided decided
                        && !decided.outcome().equals("deny"))
            .map(AuditEntry::callId)
            .collect(Collectors.toSet());
    Map<String, String> names = new LinkedHashMap<>();
    for (AuditEntry entry : audit.entries()) {
      if (entry.record() instanceof AuditRecord.Proposed proposed) {
        names.put(entry.callId(), proposed.tool());
      }
    }
    return audit.entries().stream()
        .filter(entry -> entry.record() instanceof AuditRecord.Dispatched)
        .filter(entry -> permitted.contains(entry.callId()))
        .collect(groupingBy(entry -> names.getOrDefault(entry.callId(), "?"), counting()));
  }

  @Override
  public void close() {
    gate.close();
  }
}
