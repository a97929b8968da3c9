package dev.tollgate.spring.test;

import dev.tollgate.reason.ReasonCode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what the gate decided. Made by {@code assertThat(tollgate)}. */
public class TollgateAssert extends AbstractAssert<TollgateAssert, TollgateRecords> {
  TollgateAssert(TollgateRecords records) {
    super(records, TollgateAssert.class);
  }

  /** At least one call of the tool was permitted. */
  public TollgateAssert permitted(String tool) {
    some(tool, RecordedCall::permitted, "permitted");
    return this;
  }

  /** At least one call of the tool was permitted, and the tool ran. */
  public TollgateAssert ran(String tool) {
    some(tool, RecordedCall::ran, "to have run");
    return this;
  }

  /** At least one call of the tool was denied, and none of those ran. */
  public Denied denied(String tool) {
    return new Denied(actual, tool, some(tool, call -> call.denied() && !call.ran(), "denied"));
  }

  /** At least one call of the tool waits, or waited, for a person. */
  public TollgateAssert neededApproval(String tool) {
    some(tool, RecordedCall::neededApproval, "waiting for a person");
    return this;
  }

  /** No tool ran, whatever was asked for. */
  public TollgateAssert ranNothing() {
    if (calls().stream().anyMatch(RecordedCall::ran)) {
      throw failure("expected no tool to run, but%s", recorded());
    }
    return this;
  }

  /** No tool was asked for. */
  public TollgateAssert sawNothing() {
    if (!calls().isEmpty()) {
      throw failure("expected no call, but%s", recorded());
    }
    return this;
  }

  private List<RecordedCall> calls() {
    isNotNull();
    return actual.calls();
  }

  private List<RecordedCall> some(String tool, Predicate<RecordedCall> found, String what) {
    List<RecordedCall> calls =
        calls().stream().filter(call -> call.tool().equals(tool)).filter(found).toList();
    if (calls.isEmpty()) {
      throw failure("expected a call of %s %s, but%s", tool, what, recorded());
    }
    return calls;
  }

  private String recorded() {
    List<RecordedCall> calls = calls();
    return calls.isEmpty()
        ? " no call reached the gate"
        : calls.stream()
            .map(call -> "\n  " + call)
            .collect(Collectors.joining("", " these calls did:", ""));
  }

  /** Calls of one tool that were denied. */
  public static final class Denied extends TollgateAssert {
    private final String tool;
    private final List<RecordedCall> denied;

    Denied(TollgateRecords records, String tool, List<RecordedCall> denied) {
      super(records);
      this.tool = tool;
      this.denied = denied;
    }

    /**
     * For this reason, at least one of them.
     *
     * @param code a reason code, such as {@code policy_forbidden}
     */
    public Denied because(String code) {
      if (denied.stream().noneMatch(call -> call.reason().equals(code))) {
        throw failure(
            "expected %s to be denied because of %s, but it was because of %s",
            tool, code, denied.stream().map(RecordedCall::reason).distinct().toList());
      }
      return this;
    }

    public Denied because(ReasonCode reason) {
      return because(reason.code());
    }
  }
}
