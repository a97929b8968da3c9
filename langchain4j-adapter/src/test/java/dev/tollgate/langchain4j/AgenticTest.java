package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;

public class AgenticTest {
  /** Public: the agentic module calls it by reflection. */
  public interface Writer {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft")
    String write(@V("topic") String topic);
  }

  /** Public for the same reason. */
  public interface Editor {
    @UserMessage("Improve {{draft}}")
    @Agent(outputKey = "text")
    String improve(@V("draft") String draft);
  }

  private final Office office = new Office();

  private UntypedAgent house() {
    Writer writer =
        AgenticServices.agentBuilder(Writer.class)
            .chatModel(ScriptedModel.calls("send", "{\"to\":\"bob\",\"text\":\"x\"}"))
            .tools(office)
            .build();
    Editor editor =
        AgenticServices.agentBuilder(Editor.class)
            .chatModel(ScriptedModel.calls("delete", "{\"file\":\"a\"}"))
            .tools(office)
            .build();
    return AgenticServices.sequenceBuilder().subAgents(writer, editor).outputKey("text").build();
  }

  @Test
  void guardsEachAgentAndBelievesNoMessageOfTheirs() {
    try (Gated gated = Gated.denying("delete")) {
      assertThat(house().invoke(Map.of("topic", "cats"))).isEqualTo("done");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.proposed()).extracting(p -> p.agent()).containsExactly("Writer", "Editor");
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent().source())
          .containsOnly(Intent.Source.EVENT);
    }
  }

  @Test
  void continuesTheTaskThatTheApplicationOpened() {
    try (Gated gated = Gated.permitting()) {
      Task task = gated.gate.startTask(Intent.human("write about cats"), null, null, null);
      try (Scope scope = task.open()) {
        house().invoke(Map.of("topic", "cats"));
      }
      assertThat(gated.asked()).extracting(PolicyRequest::task).hasSize(2);
      assertThat(gated.asked()).allMatch(asked -> asked.task().id().equals(task.id()));
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent())
          .containsOnly(Intent.human("write about cats"));
    }
  }
}
