package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.testkit.ScriptedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that a model got wrong: it may try again, and the run goes on. */
@Timeout(30)
class BadArgumentsTest {
  enum Currency {
    EUR,
    USD
  }

  record Note(String text, int lines) {}

  /** With a parameter of every kind that the framework makes a schema of. */
  static final class Bank {
    final List<String> ran = new ArrayList<>();

    @Tool
    @SuppressWarnings("unused")
    String pay(
        @P("to whom") String iban,
        @P("how much") double amount,
        @P(value = "when", required = false) Integer days,
        @P(value = "in what", required = false) Currency currency,
        @P(value = "tell them", required = false) Boolean loud,
        @P(value = "labels", required = false) List<String> labels,
        @P(value = "note", required = false) Note note,
        Optional<String> reference) {
      ran.add(iban + " " + amount + " " + days + " " + currency + " " + labels + " " + note);
      return "paid";
    }
  }

  private static ScriptedModel then(String arguments) {
    return ScriptedModel.plays(
        asks(call("1", "pay", arguments.replace('\'', '"'))),
        asks(call("2", "pay", "{\"iban\":\"x\",\"amount\":1}")),
        AiMessage.from("done"));
  }

  /**
   * What the framework takes, the gate takes: none of these ends in another way than without it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'iban':'x','amount':'1.5','days':'5','currency':'EUR'}",
        "{'iban':7,'amount':1,'days':5.0,'loud':null}",
        "{'iban':'x','amount':1,'labels':['a'],'note':{'text':'a','lines':2},'reference':'r'}",
        "{'iban':'x','amount':1,'reference':null,'somethingElse':[1]}"
      })
  void whatTheFrameworkTakesRuns(String arguments) {
    Bank bank = new Bank();
    try (Gated gated = Gated.permitting()) {
      Chats.ask(false, then(arguments), bank);
      assertThat(gated.reasons()).containsExactly("", "");
      assertThat(gated.outcomes()).containsExactly("returned", "returned");
      assertThat(bank.ran).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                             | false
          {'iban':'x'}                                   | true
          {'iban':null,'amount':1}                       | false
          {'iban':'x','amount':'much'}                   | true
          {'iban':'x','amount':1,'days':1.5}             | false
          {'iban':'x','amount':1,'currency':'DOGE'}      | false
          {'iban':'x','amount':1,'currency':'usd'}       | true
          {'iban':'x','amount':1,'loud':'yes'}           | true
          {'iban':{'a':1},'amount':1}                    | false
          {'iban':'x','amount':1,'labels':'a'}           | true
          {'iban':'x','amount':1,'note':{'text':'a'}}    | false
          """)
  void whatDoesNotFitIsDeniedAndTheRunGoesOn(String arguments, boolean streamed) {
    Bank bank = new Bank();
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = then(arguments);
      assertThat(Chats.ask(streamed, model, bank)).isEqualTo("done");
      assertThat(gated.reasons()).containsExactly("arguments_misfit", "");
      assertThat(gated.asked()).hasSize(1);
      assertThat(bank.ran).hasSize(1);
      assertThat(model.results().get(0).isError()).isTrue();
      assertThat(model.results().get(0).text()).contains("arguments_misfit");
    }
  }

  /**
   * LangChain4j makes USD of it, and so a policy that forbids USD would have seen something else.
   */
  @Test
  void aValueInOtherLettersThanThePolicyKnowsDoesNotRun() {
    Bank bank = new Bank();
    ScriptedPolicy noDollars =
        ScriptedPolicy.of(
            request ->
                new JsonValue.Text("USD").equals(request.arguments().get("currency"))
                    ? Decision.deny("scripted", ReasonCode.POLICY_FORBIDDEN)
                    : Decision.permit(Basis.of("scripted")));
    try (Gated gated = Gated.by(noDollars)) {
      Chats.ask(false, then("{'iban':'x','amount':1,'currency':'usd'}"), bank);
      assertThat(gated.reasons()).containsExactly("arguments_misfit", "");
      assertThat(bank.ran).containsExactly("x 1.0 null null null null");
    }
  }
}
