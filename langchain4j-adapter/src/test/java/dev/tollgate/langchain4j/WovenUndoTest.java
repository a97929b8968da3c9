package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.langchain4j.app.Desk;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What LangChain4j undoes when a later tool fails. */
@Tag("woven")
class WovenUndoTest {
  interface Assistant {
    String chat(String message);
  }

  private final Desk desk = new Desk();

  private void bookPayAndFail() {
    AiServices.builder(Assistant.class)
        .chatModel(
            ScriptedModel.plays(
                asks(call("1", "book", "{\"seat\":\"1\"}")),
                asks(call("2", "pay", "{\"cents\":5}")),
                asks(call("3", "fail", "{}")),
                AiMessage.from("done")))
        .tools(desk)
        .compensateOnToolErrors(true)
        .build()
        .chat("go");
  }

  private static List<String> undone(Gated gated) {
    return gated.proposed().stream()
        .filter(one -> one.source().equals("langchain4j:undo"))
        .map(AuditRecord.Proposed::tool)
        .toList();
  }

  @Test
  void decidesOnEveryUndoUnderItsOwnName() {
    try (Gated gated = Gated.permitting()) {
      bookPayAndFail();
      assertThat(desk.ran)
          .containsExactly("book 1", "pay 5", "fail", "refund {\"cents\":5}", "cancel 1");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::tool)
          .containsExactlyElementsOf(
              WOVEN
                  ? List.of("book", "pay", "fail", "refund", "cancel")
                  : List.of("book", "pay", "fail"));
      assertThat(undone(gated)).isEqualTo(WOVEN ? List.of("refund", "cancel") : List.of());
      assertThat(gated.proposed()).allMatch(one -> one.agent().equals("Assistant"));
    }
  }

  @Test
  void doesNotUndoWhatIsDenied() {
    try (Gated gated = Gated.denying("refund", "cancel")) {
      bookPayAndFail();
      if (WOVEN) {
        assertThat(desk.ran).containsExactly("book 1", "pay 5", "fail");
        assertThat(gated.reasons())
            .containsExactly("", "", "", "policy_forbidden", "policy_forbidden");
      } else {
        assertThat(desk.ran)
            .containsExactly("book 1", "pay 5", "fail", "refund {\"cents\":5}", "cancel 1");
        assertThat(gated.reasons()).containsExactly("", "", "");
      }
    }
  }

  /** A policy on the tool says nothing of its undoing. */
  @Test
  void doesNotCountAsTheToolThatItUndoes() {
    try (Gated gated = Gated.permitting()) {
      bookPayAndFail();
      assertThat(gated.proposed()).filteredOn(one -> one.tool().equals("book")).hasSize(1);
      assertThat(gated.proposed()).filteredOn(one -> one.tool().equals("pay")).hasSize(1);
    }
  }

  @Test
  void decidesOnAnUndoThatTheApplicationCalls() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      desk.cancel("1");
      assertThat(desk.ran).containsExactly("cancel 1");
      Paths.assertDecided(gated, "cancel");
    }
  }
}
