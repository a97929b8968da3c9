package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.Paths.assertDecided;
import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.langchain4j.app.Desk;
import dev.tollgate.langchain4j.app.Loops;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Executors that an application calls itself, and executors inside others. */
@Tag("woven")
class WovenExecutorsTest {
  interface Assistant {
    String chat(String message);
  }

  private static final ToolExecutionRequest BOOK = call("1", "book", "{ \"seat\" : \"\\u0031\" }");

  private final Desk desk = new Desk();
  private final ToolExecutor book = Loops.executor(desk, "book");

  @BeforeEach
  @AfterEach
  void uninstall() {
    TollgateLangChain4j.uninstall();
  }

  @Test
  void decidesOnceOnACallOfALoop() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(Loops.run(book, BOOK)).isEqualTo("booked 1");
      assertThat(Loops.runWithContext(book, BOOK).resultText()).isEqualTo("booked 1");
      assertThat(desk.ran).containsExactly("book 1", "book 1");
      assertDecided(gated, "book", "book");
    }
  }

  @Test
  void answersWithTheDenial() {
    try (Gated gated = Gated.denying("book");
        Scope scope = Paths.task(gated).open()) {
      String told = Loops.run(book, BOOK);
      ToolExecutionResult result = Loops.runWithContext(book, BOOK);
      if (WOVEN) {
        assertThat(told).contains("\"reason_code\":\"policy_forbidden\"");
        assertThat(result.resultText()).contains("policy_forbidden");
        assertThat(result.isError()).isTrue();
        assertThat(desk.ran).isEmpty();
        assertThat(gated.reasons()).containsExactly("policy_forbidden", "policy_forbidden");
      } else {
        assertThat(desk.ran).containsExactly("book 1", "book 1");
        assertThat(gated.reasons()).isEmpty();
      }
    }
  }

  @Test
  void deniesALoopOutsideEveryTaskAndWithoutAGate() {
    assertThat(Loops.run(book, BOOK)).contains(WOVEN ? "gate_missing" : "booked");
    try (Gated gated = Gated.permitting()) {
      assertThat(Loops.run(book, BOOK)).contains(WOVEN ? "task_missing" : "booked");
      assertThat(desk.ran).hasSize(WOVEN ? 0 : 2);
      assertDecided(gated, "book");
    }
  }

  @Test
  void namesTheMethodThatRunsWhateverTheModelCalledIt() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      Loops.run(book, call("1", "count", "{\"seat\":\"1\"}"));
      assertThat(desk.ran).containsExactly("book 1");
      assertDecided(gated, "book");
    }
  }

  @Test
  void decidesOnALambdaAndNotAgainOnWhatItWraps() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(Loops.run(Loops.around(Loops.around(book)), BOOK)).isEqualTo("booked 1");
      assertThat(desk.ran).containsExactly("book 1");
      assertDecided(gated, "book");
    }
  }

  @Test
  void decidesAgainWhenAnExecutorTriesAgain() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      Loops.run(Loops.twice(book), BOOK);
      assertThat(desk.ran).containsExactly("book 1", "book 1");
      assertDecided(gated, "book", "book");
      gated.audit.entries().clear();
      Loops.run(Loops.twice((request, memoryId) -> "ran"), BOOK);
      assertDecided(gated, "book", "book");
    }
  }

  @Test
  void decidesOnAnotherToolThatGetsTheSameRequest() {
    try (Gated gated = Gated.denying("count");
        Scope scope = Paths.task(gated).open()) {
      String told = Loops.run(Loops.around(Loops.executor(desk, "count")), BOOK);
      assertThat(desk.ran).hasSize(WOVEN ? 0 : 1);
      assertThat(told).contains(WOVEN ? "policy_forbidden" : "7");
      assertDecided(gated, "book", "count");
    }
  }

  @Test
  void decidesOnceBehindAnAiServiceAlsoWhereToolsAreWrapped() {
    try (Gated gated = Gated.permitting()) {
      AiServices.builder(Assistant.class)
          .chatModel(ScriptedModel.calls("book", "{\"seat\":\"1\"}"))
          .tools(Map.of(Specifications.named("book"), Loops.around(book)))
          .build()
          .chat("go");
      assertThat(desk.ran).containsExactly("book 1");
      assertThat(gated.proposed()).hasSize(1);
    }
  }

  @Test
  void decidesOnAnotherExecutorInsideATool() {
    try (Gated gated = Gated.denying("count")) {
      ToolExecutor besides = Loops.besides(Loops.executor(desk, "count"), call("2", "count", "{}"));
      ScriptedModel model = ScriptedModel.calls("report", "{}");
      AiServices.builder(Assistant.class)
          .chatModel(model)
          .tools(Map.of(Specifications.named("report"), besides))
          .build()
          .chat("go");
      assertThat(desk.ran).hasSize(WOVEN ? 0 : 1);
      assertThat(model.results().get(0).text()).contains(WOVEN ? "policy_forbidden" : "7");
      assertThat(gated.proposed())
          .extracting(one -> one.tool())
          .containsExactlyElementsOf(WOVEN ? List.of("report", "count") : List.of("report"));
    }
  }

  private static ScriptedModel model() {
    return ScriptedModel.plays(
        asks(
            call("1", "book", "{\"seat\":\"1\"}"),
            call("2", "book", "{\"seat\":\"2\"}"),
            call("3", "count", "{}")),
        AiMessage.from("done"));
  }

  @Test
  void decidesOncePerCallWhenToolsRunAtOnce() {
    try (Gated gated = Gated.denying("count")) {
      for (boolean streamed : new boolean[] {false, true}) {
        gated.audit.entries().clear();
        desk.ran.clear();
        Chats.ask(streamed, true, model(), desk);
        assertThat(desk.ran).containsExactlyInAnyOrder("book 1", "book 2");
        assertThat(gated.reasons()).containsExactlyInAnyOrder("", "", "policy_forbidden");
      }
    }
  }

  @Test
  void resumesAnApprovedCallOnce() {
    try (Gated gated = Waiting.gated("book")) {
      AiServices.builder(Assistant.class)
          .chatModel(ScriptedModel.calls("book", "{\"seat\":\"1\"}"))
          .tools(desk)
          .build()
          .chat("go");
      String id = Waiting.approved(gated.gate);
      gated.audit.entries().clear();
      assertThat(TollgateLangChain4j.resume(id, Waiting.ALICE, desk)).isEqualTo("booked 1");
      assertThat(desk.ran).containsExactly("book 1");
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void endsTheLoopWhereADenialIsToEndTheRun() {
    try (ToolGate gate =
        TestGates.gate(ScriptedPolicy.denying("book"), new RecordingAuditSink()).build()) {
      TollgateLangChain4j.install(
          gate,
          new AdapterSettings(Strictness.TRUE, AdapterSettings.Denied.ABORT, Duration.ZERO, true));
      if (WOVEN) {
        assertThatThrownBy(() -> Loops.run(book, BOOK)).isInstanceOf(ToolDeniedException.class);
      } else {
        assertThat(Loops.run(book, BOOK)).isEqualTo("booked 1");
      }
    }
  }

  @Test
  void leavesTheToolsOwnFailureAsItIs() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      ToolExecutor broken =
          (request, memoryId) -> {
            throw new IllegalStateException("no paper");
          };
      assertThatThrownBy(() -> Loops.run(broken, BOOK))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no paper");
      assertThat(gated.outcomes()).isEqualTo(WOVEN ? List.of("failed") : List.of());
    }
  }
}
