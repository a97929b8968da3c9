package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Paths.WOVEN;
import static dev.tollgate.langchain4j.Paths.assertDecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.tollgate.langchain4j.app.Clerks;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that are methods, and the one that asks a person. */
@Tag("woven")
class WovenAgentsTest {
  private final Clerks clerks = new Clerks();

  private UntypedAgent inSequence() {
    return AgenticServices.sequenceBuilder()
        .subAgents(clerks.new Filing(), clerks.new Stamping())
        .outputKey("filed")
        .build();
  }

  @Test
  void decidesOnEachInASequence() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      assertThat(inSequence().invoke(Map.of("draft", "a"))).isEqualTo("filed a");
      assertThat(clerks.ran).containsExactly("file a", "stamp a");
      assertDecided(gated, "filing", "stamp");
      if (WOVEN) {
        assertThat(gated.proposed()).allMatch(one -> one.source().equals("langchain4j:agent"));
        assertThat(gated.asked().get(0).arguments().toString()).contains("draft");
      }
    }
  }

  @Test
  void endsTheSequenceWhereOneIsDenied() {
    try (Gated gated = Gated.denying("stamp");
        Scope scope = Paths.task(gated).open()) {
      if (WOVEN) {
        assertThatThrownBy(() -> inSequence().invoke(Map.of("draft", "a")))
            .hasRootCauseInstanceOf(ToolDeniedException.class);
        assertThat(clerks.ran).containsExactly("file a");
      } else {
        inSequence().invoke(Map.of("draft", "a"));
        assertThat(clerks.ran).containsExactly("file a", "stamp a");
      }
      assertDecided(gated, "filing", "stamp");
    }
  }

  @Test
  void decidesOnEachInParallel() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      AgenticServices.parallelBuilder()
          .subAgents(clerks.new Filing(), clerks.new Stamping())
          .outputKey("filed")
          .build()
          .invoke(Map.of("draft", "a"));
      assertThat(clerks.ran).containsExactlyInAnyOrder("file a", "stamp a");
      assertThat(gated.proposed())
          .extracting(one -> one.tool())
          .containsExactlyInAnyOrderElementsOf(WOVEN ? List.of("filing", "stamp") : List.of());
    }
  }

  @Test
  void continuesTheTaskOfTheWorkflowWhereTheApplicationOpenedNone() {
    try (Gated gated = Gated.permitting()) {
      assertThat(inSequence().invoke(Map.of("draft", "a"))).isEqualTo("filed a");
      assertDecided(gated, "filing", "stamp");
    }
  }

  @Test
  void deniesOnAThreadThatKnowsNoTask() {
    try (Gated gated = Gated.permitting();
        Scope scope = Paths.task(gated).open()) {
      CompletableFuture<String> filed =
          CompletableFuture.supplyAsync(
              () -> clerks.new Filing().file("a"), command -> new Thread(command).start());
      if (WOVEN) {
        assertThatThrownBy(filed::join)
            .hasRootCauseInstanceOf(ToolDeniedException.class)
            .hasStackTraceContaining("task_missing");
        assertThat(clerks.ran).isEmpty();
      } else {
        assertThat(filed.join()).isEqualTo("filed a");
      }
      assertDecided(gated, "filing");
    }
  }

  @Test
  void decidesBeforeAPersonIsAsked() {
    try (Gated gated = Gated.denying("askUser");
        Scope scope = Paths.task(gated).open()) {
      List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      UntypedAgent agents =
          AgenticServices.sequenceBuilder()
              .subAgents(
                  AgenticServices.humanInTheLoopBuilder()
                      .responseProvider(
                          () -> {
                            asked.add("which seat?");
                            return "1";
                          })
                      .outputKey("seat")
                      .build())
              .outputKey("seat")
              .build();
      if (WOVEN) {
        assertThatThrownBy(() -> agents.invoke(Map.of()))
            .hasRootCauseInstanceOf(ToolDeniedException.class);
        assertThat(asked).isEmpty();
      } else {
        assertThat(agents.invoke(Map.of())).isEqualTo("1");
      }
      assertDecided(gated, "askUser");
    }
  }
}
