package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import java.util.List;

/** Calls in the middle of something else: a tool that is an agent, a guardrail that asks again. */
final class NestedCalls {
  private NestedCalls() {}

  /** The tools of the second agent are the ones in question. */
  static List<Route> agentAsTool() {
    return List.of(
        Route.spi(
                "agent as tool",
                (trial, streamed) ->
                    Talk.with(
                        streamed,
                        new Script().asks("delegate", "{}"),
                        tools -> tools.tools(new Boss(trial))))
            .streaming()
            .resumedWith(Deed::annotated));
  }

  static List<Route> guardrail() {
    return List.of(
        Route.spi(
                "guardrail reprompt",
                (trial, streamed) ->
                    Talk.with(
                        streamed,
                        new Script().says("bad").acts(trial, Deed.NAME),
                        tools ->
                            tools.tools(new Deed(trial)).outputGuardrails(List.of(new Strict()))))
            .streaming()
            .resumedWith(Deed::annotated));
  }

  /** Hands its work to another agent. */
  static final class Boss {
    private final Trial trial;

    Boss(Trial trial) {
      this.trial = trial;
    }

    @Tool("Hands it on")
    String delegate() {
      Talk.with(false, Script.acting(trial), tools -> tools.tools(new Deed(trial)));
      return "delegated";
    }
  }

  /** Does not like the first answer. */
  private static final class Strict implements OutputGuardrail {
    @Override
    public OutputGuardrailResult validate(AiMessage message) {
      return "bad".equals(message.text()) ? reprompt("bad", "do it with your tools") : success();
    }
  }
}
