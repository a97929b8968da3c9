package dev.tollgate.spring.test;

import dev.tollgate.ToolGateBuilder;
import dev.tollgate.testkit.RecordingAuditSink;
import java.util.List;
import org.assertj.core.api.AssertProvider;

/**
 * What the gate decided in this test, and what the test makes it decide. A bean of tests with
 * {@link AutoConfigureTollgateTest}. Thread-safe.
 *
 * <pre>
 * tollgate.deny("payment.create");
 * assistant.ask("pay the invoice");
 * assertThat(tollgate).denied("payment.create").because("policy_forbidden");
 * </pre>
 */
public final class TollgateRecords implements AssertProvider<TollgateAssert> {
  private final RecordingAuditSink audit;
  private final ScriptedAnswers answers;
  private volatile boolean used;

  TollgateRecords(RecordingAuditSink audit, ScriptedAnswers answers) {
    this.audit = audit;
    this.answers = answers;
  }

  /** The calls of this test, in the order in which models proposed them. */
  public List<RecordedCall> calls() {
    if (!used) {
      throw new IllegalStateException(
          "nothing can be recorded: the application makes its own ToolGate, or tollgate.enabled is"
              + " false");
    }
    return RecordedCall.in(audit.entries());
  }

  /** Calls of these tools are denied {@code policy_forbidden}, whatever the policies say. */
  public void deny(String... tools) {
    answers.say(ScriptedAnswers.Answer.DENY, tools);
  }

  /** Calls of these tools are permitted, whatever the policies say; other stages may still deny. */
  public void permit(String... tools) {
    answers.say(ScriptedAnswers.Answer.PERMIT, tools);
  }

  /** Calls of these tools wait for a person. */
  public void needApproval(String... tools) {
    answers.say(ScriptedAnswers.Answer.NEEDS_APPROVAL, tools);
  }

  /** Every call is permitted but those of tools that are named otherwise. */
  public void permitAll() {
    answers.sayOfAll(ScriptedAnswers.Answer.PERMIT);
  }

  /** Every call is denied but those of tools that are named otherwise. */
  public void denyAll() {
    answers.sayOfAll(ScriptedAnswers.Answer.DENY);
  }

  /** Forgets what was recorded and scripted; done before each test method. */
  public void reset() {
    answers.forget();
    audit.entries().clear();
  }

  @Override
  public TollgateAssert assertThat() {
    return new TollgateAssert(this);
  }

  RecordingAuditSink audit() {
    return audit;
  }

  void recordIn(ToolGateBuilder gate) {
    gate.audit(audit).aroundPolicy(answers::before);
    used = true;
  }
}
