package dev.tollgate.springai.coverage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;

/** Advisors that an application makes itself, on Spring AI 2.0. */
final class OwnAdvisors {
  private OwnAdvisors() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
                "own ToolCallingAdvisor, own manager",
                Route.Layer.ASPECTJ,
                (trial, streamed) -> with(trial, streamed, ToolCallingAdvisor.builder().build()))
            .streaming()
            .resumedWith(Deed::methods),
        Route.of(
                "own ToolCallingAdvisor, the manager bean",
                Route.Layer.MANAGER,
                (trial, streamed) ->
                    with(
                        trial,
                        streamed,
                        ToolCallingAdvisor.builder().toolCallingManager(manager(trial)).build()))
            .streaming()
            .resumedWith(Deed::methods),
        Route.of(
                "advisor that adds a tool of its own, as tool search does",
                Route.Layer.MANAGER,
                (trial, streamed) -> {
                  trial.modelActs(Deed.NAME);
                  Talk.with(
                      streamed,
                      trial,
                      chat -> chat.advisors(new Adding(manager(trial), Deed.own(trial))));
                })
            .streaming()
            .resumedWith(trial -> List.of(Deed.own(trial))));
  }

  private static void with(Trial trial, boolean streamed, ToolCallingAdvisor advisor) {
    trial.modelActs(Deed.NAME);
    Talk.with(streamed, trial, chat -> chat.tools(new Deed(trial)).advisors(advisor));
  }

  static ToolCallingManager manager(Trial trial) {
    return trial.stage().agents().getBean(ToolCallingManager.class);
  }

  /** Stands in for the tool search advisor, whose module cannot be fetched. */
  private static final class Adding extends ToolCallingAdvisor {
    private final ToolCallback own;

    Adding(ToolCallingManager manager, ToolCallback own) {
      super(manager, DEFAULT_TOOL_EXECUTION_ELIGIBILITY_CHECKER, DEFAULT_ORDER, true);
      this.own = own;
    }

    @Override
    protected ChatClientRequest doBeforeCall(ChatClientRequest request, CallAdvisorChain chain) {
      return added(request);
    }

    @Override
    protected ChatClientRequest doBeforeStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      return added(request);
    }

    private ChatClientRequest added(ChatClientRequest request) {
      Prompt prompt = request.prompt();
      ToolCallingChatOptions options = (ToolCallingChatOptions) requireNonNull(prompt.getOptions());
      List<ToolCallback> tools = new ArrayList<>();
      if (options.getToolCallbacks() != null) {
        tools.addAll(options.getToolCallbacks());
      }
      tools.removeIf(tool -> tool == own);
      tools.add(own);
      return request
          .mutate()
          .prompt(
              new Prompt(prompt.getInstructions(), options.mutate().toolCallbacks(tools).build()))
          .build();
    }
  }
}
