package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.Paths.assertDecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.AiServices;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.langchain4j.app.Desk;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.testkit.ScriptedPolicy;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Java code that calls {@code @Tool} methods, and tools that call others. */
@Tag("woven")
class WovenToolMethodsTest {
  interface Assistant {
    String chat(String message);
  }

  private final Desk desk = new Desk();

  @BeforeEach
  @AfterEach
  void uninstall() {
    TollgateLangChain4j.uninstall();
  }

  private ScriptedModel ask(String tool, String arguments) {
    ScriptedModel model = ScriptedModel.calls(tool, arguments);
    AiServices.builder(Assistant.class).chatModel(model).tools(desk).build().chat("go");
    return model;
  }

  @Test
  void decidesOncePerCallWhenBothLayersAreThere() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ask("book", "{\"seat\":\"12a\"}");
      assertThat(model.results().get(0).text()).isEqualTo("booked 12a");
      assertThat(desk.ran).containsExactly("book 12a");
      assertThat(gated.proposed()).hasSize(1);
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void decidesOnADirectCallInsideATask() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(desk.book("12a")).isEqualTo("booked 12a");
      assertThat(desk.count()).isEqualTo(7);
      assertThat(desk.ran).containsExactly("book 12a", "count");
      assertDecided(gated, "book", "count");
      assertThat(gated.outcomes()).isEqualTo(WOVEN ? List.of("returned", "returned") : List.of());
      if (WOVEN) {
        assertThat(gated.asked().get(0).arguments().toString()).contains("12a");
      }
    }
  }

  @Test
  void knowsTheMethodAsTheSameToolThatAnAgentCalls() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      ask("book", "{\"seat\":\"12a\"}");
      String throughTheService = digests(gated).get(0);
      gated.audit.entries().clear();
      desk.book("12a");
      assertThat(digests(gated)).isEqualTo(WOVEN ? List.of(throughTheService) : List.of());
    }
  }

  private static List<String> digests(Gated gated) {
    return gated.audit.records(AuditRecord.Proposed.class).stream()
        .map(proposed -> proposed.definition() + " " + proposed.arguments())
        .toList();
  }

  @Test
  void throwsWhereACallIsDenied() {
    try (Gated gated = Gated.denying("book", "count");
        Scope scope = Paths.task(gated).open()) {
      if (WOVEN) {
        assertThatThrownBy(() -> desk.book("12a"))
            .isInstanceOf(ToolDeniedException.class)
            .hasMessageContaining("policy_forbidden");
        assertThatThrownBy(desk::count).isInstanceOf(ToolDeniedException.class);
        assertThat(desk.ran).isEmpty();
        assertThat(gated.reasons()).containsExactly("policy_forbidden", "policy_forbidden");
      } else {
        assertThat(desk.book("12a")).isEqualTo("booked 12a");
        assertThat(gated.reasons()).isEmpty();
      }
    }
  }

  @Test
  void deniesADirectCallOutsideEveryTask() {
    try (Gated gated = Gated.permitting()) {
      if (WOVEN) {
        assertThatThrownBy(() -> desk.book("12a"))
            .isInstanceOf(ToolDeniedException.class)
            .hasMessageContaining("task_missing");
        assertThat(desk.ran).isEmpty();
      } else {
        desk.book("12a");
        assertThat(desk.ran).containsExactly("book 12a");
      }
      assertThat(gated.reasons()).isEqualTo(WOVEN ? List.of("task_missing") : List.of());
    }
  }

  @Test
  void deniesADirectCallWithoutAGate() {
    if (WOVEN) {
      assertThatThrownBy(() -> desk.book("12a"))
          .isInstanceOf(ToolDeniedException.class)
          .hasMessageContaining("gate_missing");
      assertThat(desk.ran).isEmpty();
    } else {
      assertThat(desk.book("12a")).isEqualTo("booked 12a");
    }
  }

  @Test
  void leavesEverythingAsItIsWhereTheGateIsSwitchedOff() {
    TollgateLangChain4j.switchOff();
    assertThat(desk.book("12a")).isEqualTo("booked 12a");
    assertThatThrownBy(desk::fail).hasMessage("the printer is on fire");
    assertThat(ask("count", "{}").results().get(0).text()).isEqualTo("7");
  }

  @Test
  void leavesTheToolsOwnFailureAsItIs() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThatThrownBy(desk::fail)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the printer is on fire");
      assertThat(gated.outcomes()).isEqualTo(WOVEN ? List.of("failed") : List.of());
    }
  }

  @Test
  void decidesOnEveryToolThatAToolCalls() {
    try (Gated gated = Gated.denying("book")) {
      ScriptedModel model = ask("bookBoth", "{\"seat\":\"12\"}");
      if (WOVEN) {
        assertThat(desk.ran).containsExactly("bookBoth 12");
        assertThat(model.results().get(0).text()).contains("policy_forbidden");
        assertThat(gated.reasons()).containsExactly("", "policy_forbidden");
      } else {
        assertThat(desk.ran).containsExactly("bookBoth 12", "book 12", "book 12b");
        assertThat(gated.reasons()).containsExactly("");
      }
    }
  }

  @Test
  void decidesOnEveryRoundOfAToolThatCallsItself() {
    try (Gated gated = Gated.permitting()) {
      ask("down", "{\"n\":2}");
      assertThat(desk.ran).containsExactly("down 2", "down 1", "down 0");
      assertThat(gated.proposed()).hasSize(WOVEN ? 3 : 1);
      assertThat(gated.proposed()).allMatch(one -> one.tool().equals("down"));
    }
  }

  @Test
  void deniesWhatAToolDoesOnAThreadThatKnowsNoTask() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel model = ask("bookLater", "{\"seat\":\"12\"}");
      if (WOVEN) {
        assertThat(desk.ran).containsExactly("bookLater 12");
        assertThat(model.results().get(0).text()).contains("task_missing");
        assertThat(gated.reasons()).containsExactly("", "task_missing");
      } else {
        assertThat(desk.ran).containsExactly("bookLater 12", "book 12");
        assertThat(gated.reasons()).containsExactly("");
      }
    }
  }

  @Test
  void decidesOnWhatAToolDoesOnAThreadThatWasHandedTheTask() {
    try (Gated gated = Gated.permitting()) {
      ask("bookHanded", "{\"seat\":\"12\"}");
      assertThat(desk.ran).containsExactly("bookHanded 12", "book 12");
      assertThat(gated.proposed())
          .extracting(one -> one.tool())
          .containsExactlyElementsOf(WOVEN ? List.of("bookHanded", "book") : List.of("bookHanded"));
    }
  }

  @Test
  void withholdsWhatIsMaskedAndCannotBe() {
    ScriptedPolicy masks =
        ScriptedPolicy.of(
            request ->
                new Decision.Permit(
                    new Basis("scripted", "r1", List.of("mask")),
                    List.of(new Obligation.MaskResult(Set.of("seat")))));
    try (Gated gated = Gated.by(masks);
        Scope scope = Paths.task(gated).open()) {
      if (WOVEN) {
        assertThatThrownBy(() -> desk.book("12a")).hasMessageContaining("result_unmaskable");
      } else {
        assertThat(desk.book("12a")).isEqualTo("booked 12a");
      }
      assertThat(desk.ran).containsExactly("book 12a");
    }
  }
}
