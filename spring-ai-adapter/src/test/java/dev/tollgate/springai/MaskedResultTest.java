package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.testkit.ScriptedPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.tool.annotation.Tool;

/** What a policy masks reaches neither the model nor the user of a direct tool. */
class MaskedResultTest {
  private static final String MASKED = "{\"iban\":\"***\",\"name\":\"Landlord\"}";
  private final Application app =
      new Application(ScriptedPolicy.of(request -> new Decision.Permit(basis(), demands(request))));

  record Account(String name, String iban) {}

  /** Tools that know an IBAN. */
  static class Bank {
    @Tool
    Account account() {
      return new Account("Landlord", "DE02");
    }

    @Tool
    String written() {
      return "{\"name\":\"Landlord\",\"iban\":\"DE02\"}";
    }

    @Tool(returnDirect = true)
    Account show() {
      return new Account("Landlord", "DE02");
    }

    @Tool
    String tell() {
      return "It is DE02.";
    }

    @Tool
    String fail() {
      throw new IllegalArgumentException("no account DE02");
    }
  }

  private static Basis basis() {
    return new Basis("scripted", "r1", List.of("hides"));
  }

  private static List<Obligation> demands(PolicyRequest request) {
    return List.of(
        new Obligation.MaskResult(Set.of("iban")),
        new Obligation.AddLabel("from-" + request.tool().name()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theModelReadsTheMaskedText(boolean streamed) {
    ScriptedModel model =
        ScriptedModel.asking(tool("account"), tool("written"), tool("tell"), tool("fail"));
    app.with(model)
        .run(
            context -> {
              app.audit.entries().clear(); // the probe's
              String[] told = Waiting.ask(streamed, context, new Bank()).split(" \\| ");
              assertThat(told).hasSize(4);
              assertThat(told[0]).isEqualTo(MASKED);
              assertThat(told[1]).contains("***", "Landlord");
              assertThat(told[2]).contains("\"reason_code\":\"result_unmaskable\"");
              assertThat(told[3]).isEqualTo("{\"error\":\"failed\"}");
              assertThat(model.prompts().toString()).doesNotContain("DE02");
              assertThat(app.audit.records(AuditRecord.Outcome.class))
                  .extracting(AuditRecord.Outcome::state)
                  .containsExactly("returned", "returned", "returned", "failed");
              assertThat(app.audit.records(AuditRecord.ResultMasked.class))
                  .extracting(AuditRecord.ResultMasked::reason)
                  .containsExactly("", "", "result_unmaskable", "failed");
              assertThat(app.policy.asked().get(0).get(0).task().life().sequence().labels())
                  .containsExactlyInAnyOrder(
                      "from-account", "from-written", "from-tell", "from-fail");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theUserOfADirectToolGetsTheMaskedText(boolean streamed) {
    app.with(ScriptedModel.asking(tool("show")))
        .run(context -> assertThat(Waiting.ask(streamed, context, new Bank())).isEqualTo(MASKED));
  }

  @Test
  void aCallThatIsResumedIsMasked() {
    Application asking =
        new Application(
            ScriptedPolicy.of(request -> new Decision.NeedsApproval(basis(), demands(request))));
    asking
        .with(ScriptedModel.asking(tool("account")), Waiting.gate(asking).build())
        .run(
            context -> {
              Bank bank = new Bank();
              Waiting.ask(false, context, bank);
              String id = Waiting.approved(context);
              assertThat(Waiting.resume(context, id, bank)).isEqualTo(MASKED);
            });
  }
}
