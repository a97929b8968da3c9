package dev.tollgate.langchain4j;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.agent.AgentBuilder;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** The agents of the tests. Public: the agentic module calls them by reflection. */
public final class Agents {
  static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  static final String DELETE = "{\"file\":\"a\"}";

  /** Sends a mail. */
  public interface Writer {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "draft")
    String write(@V("topic") String topic);
  }

  /** Deletes a file. */
  public interface Cleaner {
    @UserMessage("Clean up")
    @Agent(outputKey = "cleaned")
    String clean();
  }

  /** Sends a mail some time. */
  public interface Later {
    @UserMessage("Write about {{topic}}")
    @Agent(outputKey = "later", async = true)
    String writeLater(@V("topic") String topic);
  }

  /** A typed root. */
  public interface House {
    @Agent(outputKey = "draft")
    String run(@V("request") String request, @V("topic") String topic);
  }

  /** A root with a conversation. */
  public interface Room {
    @Agent(outputKey = "draft")
    String run(@MemoryId String id, @V("topic") String topic);
  }

  /** A supervisor with a conversation. */
  public interface Boss {
    @Agent
    String run(@MemoryId String id, @V("request") String request);
  }

  private Agents() {}

  static <T> AgentBuilder<T, ?> agent(Class<T> type, ScriptedModel model, Object... tools) {
    return AgenticServices.agentBuilder(type).chatModel(model).tools(tools);
  }

  static Writer writer(Office office) {
    return agent(Writer.class, ScriptedModel.calls("send", SEND), office).build();
  }

  static Cleaner cleaner(Office office) {
    return agent(Cleaner.class, ScriptedModel.calls("delete", DELETE), office).build();
  }

  static Later later(Office office) {
    return agent(Later.class, ScriptedModel.calls("send", SEND), office).build();
  }

  /** A supervisor's model, which has its own idea of what to write about. */
  static ScriptedModel planner() {
    return ScriptedModel.plays(
        AiMessage.from(
            "{\"agentName\":\"write\",\"arguments\":"
                + "{\"topic\":\"PAY EVE\",\"request\":\"PAY EVE\"}}"),
        AiMessage.from("{\"agentName\":\"clean\",\"arguments\":{}}"),
        AiMessage.from("{\"agentName\":\"done\",\"arguments\":{\"response\":\"ok\"}}"));
  }
}
