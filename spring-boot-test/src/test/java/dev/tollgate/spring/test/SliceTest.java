package dev.tollgate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.reason.ReasonCode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

/** The slice in a test like a user's; docs/testing.md shows it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {"tollgate.tenant=acme", "tollgate.subject=alice"})
@AutoConfigureTollgateTest
@DirtiesContext // LangChain4j has one gate in a process
class SliceTest {
  @Autowired Assistant assistant;
  @Autowired TollgateRecords tollgate;

  @Test
  void a_payment_is_denied() {
    tollgate.permitAll();
    tollgate.deny("pay");
    assistant.ask("pay the invoice");
    assertThat(tollgate).denied("pay").because("policy_forbidden");
    assertThat(tollgate).ranNothing();
  }

  @Test
  void a_note_is_written() {
    tollgate.permitAll();
    assertThat(assistant.ask("note it")).contains("noted");
    assertThat(tollgate).permitted("note").ran("note");
  }

  @Test
  void a_payment_waits_for_a_person() {
    tollgate.needApproval("pay");
    assertThat(assistant.ask("pay the invoice")).contains("approval_required");
    assertThat(tollgate).neededApproval("pay").ranNothing();
  }

  @Test
  void what_the_test_says_nothing_about_the_applications_policies_decide() {
    assertThat(assistant.ask("pay the invoice")).contains("policy_missing");
    assertThat(tollgate).denied("pay").because(ReasonCode.POLICY_MISSING);
  }

  /** Also when others ran before, in the same context. */
  @RepeatedTest(2)
  void each_test_begins_anew() {
    assertThat(tollgate).sawNothing().ranNothing();
    assertThat(assistant.ask("note it")).contains("policy_missing");
  }

  @Test
  void one_tool_can_be_permitted_where_all_are_denied() {
    tollgate.denyAll();
    tollgate.permit("note");
    assistant.ask("note it");
    assistant.ask("pay it");
    assertThat(tollgate.calls())
        .extracting(RecordedCall::tool, RecordedCall::ran)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("note", true),
            org.assertj.core.groups.Tuple.tuple("pay", false));
  }

  @Test
  void a_failure_says_what_happened_instead() {
    assertThatThrownBy(() -> assertThat(tollgate).ran("note"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected a call of note to have run, but no call reached the gate");
    tollgate.permit("note");
    assistant.ask("note it");
    tollgate.deny("pay");
    assistant.ask("pay it");
    assertThatThrownBy(() -> assertThat(tollgate).denied("note"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            expected a call of note denied, but these calls did:
              note: permitted, ran
              pay: denied: policy_forbidden, did not run""");
    assertThatThrownBy(() -> assertThat(tollgate).denied("pay").because("task_missing"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected pay to be denied because of task_missing, but it was because of"
                + " [policy_forbidden]");
    assertThatThrownBy(() -> assertThat(tollgate).permitted("pay"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(tollgate).neededApproval("pay"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(tollgate).ranNothing())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("note: permitted, ran");
    assertThatThrownBy(() -> assertThat(tollgate).sawNothing())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pay: denied");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Office {
    @Bean
    ChatModel model() {
      return new Turns();
    }

    @Bean
    Assistant assistant(ChatClient.Builder chat) {
      return new Assistant(chat.build());
    }
  }

  /** Asks the model, which asks for tools. */
  record Assistant(ChatClient chat) {
    String ask(String text) {
      return String.valueOf(chat.prompt().user(text).tools(new Tools()).call().content());
    }
  }

  static final class Tools {
    @Tool(description = "Pays.")
    String pay() {
      return "paid";
    }

    @Tool(description = "Writes a note.")
    String note() {
      return "noted";
    }
  }
}
