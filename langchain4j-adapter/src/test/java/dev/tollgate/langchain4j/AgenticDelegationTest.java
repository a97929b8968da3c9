package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agentic system that works on what somebody handed to it. */
public class AgenticDelegationTest {
  /** Public: the agentic module calls it by reflection. */
  public interface Writer {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft")
    String write(@V("topic") String topic);
  }

  /** Public for the same reason. */
  public interface Cleaner {
    @UserMessage("Clean up after {{topic}}")
    @Agent(outputKey = "text")
    String clean(@V("topic") String topic);
  }

  private final Office office = new Office();

  private Object[] agents() {
    return new Object[] {
      AgenticServices.agentBuilder(Writer.class)
          .chatModel(ScriptedModel.calls("send", "{\"to\":\"bob\",\"text\":\"x\"}"))
          .tools(office)
          .build(),
      AgenticServices.agentBuilder(Cleaner.class)
          .chatModel(ScriptedModel.calls("delete", "{\"file\":\"a\"}"))
          .tools(office)
          .build()
    };
  }

  private void assertBounded(UntypedAgent house) throws DelegationException {
    try (Gated gated = Gated.permitting()) {
      Task task = gated.gate.startTask(Intent.human("write about cats"), null, null, null);
      String signed = gated.gate.delegations().delegate(task, Grant.to("house").tools("send"));
      Task given =
          gated.gate.delegations().accept(signed, Waiting.ALICE, AgentIdentity.of("house"));
      try (Scope handed = given.open()) {
        assertThat(house.invoke(Map.of("topic", "cats"))).isEqualTo("done");
      }
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.proposed()).hasSize(2).allMatch(p -> p.agent().equals("house"));
      assertThat(gated.reasons()).containsExactlyInAnyOrder("", "delegation_tool");
    }
  }

  @Test
  void staysWithinItInSequence() throws DelegationException {
    assertBounded(AgenticServices.sequenceBuilder().subAgents(agents()).outputKey("text").build());
  }

  @Test
  void staysWithinItInParallel() throws DelegationException {
    assertBounded(AgenticServices.parallelBuilder().subAgents(agents()).outputKey("text").build());
  }
}
