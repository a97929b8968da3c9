package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.RaisedEffects;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A tool whose server says that it is more dangerous than it was listed. */
class RaisedEffectTest {
  private static Object outcome(String policies, String name, String... annotations) {
    Tool tool =
        Office.MANIFEST.describe(
            new ToolDefinition(name, "", "", "langchain4j", Set.of(annotations)));
    RaisedEffects pdp = new RaisedEffects(Office.policies(policies));
    var decisions = pdp.decide(List.of(Office.call(Office.task(Intent.Source.HUMAN), tool, "{}")));
    assertThat(decisions).hasSize(1);
    return Office.outcome(decisions.get(0));
  }

  private static String permit(Effect... effects) {
    StringBuilder out = new StringBuilder();
    for (Effect effect : effects) {
      out.append(
          "@id(\"p-%1$s\") permit (principal, action in Action::\"effect:%1$s\", resource);\n"
              .formatted(effect.text()));
    }
    return out.toString();
  }

  @Test
  void needsAPermitForWhatItWasRaisedTo() {
    assertThat(outcome(permit(Effect.READ), "mail_inbox")).isEqualTo("permit");
    assertThat(outcome(permit(Effect.READ), "mail_inbox", "readOnlyHint:true")).isEqualTo("permit");
    assertThat(outcome(permit(Effect.READ), "mail_inbox", "readOnlyHint:false"))
        .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(outcome(permit(Effect.READ, Effect.WRITE), "mail_inbox", "readOnlyHint:false"))
        .isEqualTo("permit");
    assertThat(outcome(permit(Effect.READ, Effect.WRITE), "mail_inbox", "destructiveHint:true"))
        .isEqualTo(ReasonCode.POLICY_NO_PERMIT);
  }

  @Test
  void doesNotEscapeAForbidOnTheListedEffect() {
    String all =
        """
        @id("all") permit (principal, action, resource);
        @id("no") forbid (principal, action in Action::"effect:send", resource);
        """;
    assertThat(outcome(all, "mail_send")).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    assertThat(outcome(all, "mail_send", "destructiveHint:true"))
        .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
    String byAttribute =
        """
        @id("all") permit (principal, action, resource);
        @id("no") forbid (principal, action, resource) when { context.tool.effect == "send" };
        """;
    assertThat(outcome(byAttribute, "mail_send", "destructiveHint:true"))
        .isEqualTo(ReasonCode.POLICY_FORBIDDEN);
  }

  @Test
  void namesThatOnlyLookAlikeGetNoPermitOfTheToolTheyLookLike() {
    String policies =
        "@id(\"pay\") permit (principal, action == Action::\"bank_pay\", resource);\n";
    assertThat(outcome(policies, "bank_pay")).isEqualTo("permit");
    for (String alike :
        List.of(
            "Bank_Pay", "bank_pay.", "bank_pay ", "b\u0430nk_pay", "__proto__", "constructor")) {
      assertThat(outcome(policies, alike)).as(alike).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    }
  }
}
