package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.task.Intent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether any call of a tool could be permitted, known before there is one. */
class CouldPermitTest {
  private static boolean couldPermit(String policies, String tool) {
    return CedarPolicyDecisionPoint.load(CedarPolicySet.of("test.cedar", policies), Office.MANIFEST)
        .couldPermit(Office.task(Intent.Source.HUMAN), Office.tool(tool));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "permit(principal, action == Action::\"mail_inbox\", resource);|mail_inbox|true",
        "permit(principal, action == Action::\"mail_inbox\", resource);|bank_pay|false",
        // A condition on the call may come true,
        "permit(principal, action, resource) when { context.args has amount };|bank_pay|true",
        "permit(principal, action, resource) when { context.time.hour > 22 };|bank_pay|true",
        "permit(principal, action, resource) when { context has approval };|bank_pay|true",
        // one on who acts for whom does not.
        "permit(principal, action, resource) when { context.subject.id == \"eve\" };|bank_pay|false",
        "permit(principal, action, resource) when { context.subject.id == \"alice\" };|bank_pay|true",
        "permit(principal == Agent::\"other\", action, resource);|bank_pay|false",
        // What a person may approve is offered.
        "@obligation(\"approval\") permit(principal, action, resource);|bank_pay|true",
      })
  void followsFromWhatIsSettled(String policy, String tool, boolean expected) {
    assertThat(couldPermit(policy, tool)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "forbid(principal, action == Action::\"bank_pay\", resource);|false",
        "forbid(principal, action in Action::\"effect:pay\", resource);|false",
        "forbid(principal, action, resource) when { context.environment == \"production\" };|false",
        "forbid(principal, action, resource) when { context.environment == \"test\" };|true",
        "forbid(principal, action, resource) when { context.task.calls > 3 };|true",
        "forbid(principal, action, resource) unless { context.args has amount };|true",
      })
  void aForbidThatHoldsWhateverTheCallHidesTheTool(String forbid, boolean expected) {
    assertThat(couldPermit("permit(principal, action, resource);" + forbid, "bank_pay"))
        .isEqualTo(expected);
  }
}
