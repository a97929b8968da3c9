package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.AgenticScopeSerializer;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;
import dev.langchain4j.agentic.workflow.impl.ParallelPlanner;
import dev.langchain4j.data.message.AiMessage;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever thread an agent works on, it works on the task of its root call. */
@Timeout(30)
public class AgenticThreadsTest {
  private final Office office = new Office();

  private void assertOneTask(Consumer<Map<String, Object>> root) {
    try (Gated gated = Gated.permitting()) {
      root.accept(Map.of("topic", "cats"));
      assertThat(office.ran).containsExactlyInAnyOrder("send bob: x", "delete a");
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent())
          .hasSize(2)
          .containsOnly(Intent.human("cats"));
      assertThat(gated.asked().stream().map(asked -> asked.task().id()).distinct()).hasSize(1);
      assertThat(gated.proposed()).extracting(p -> p.agent()).doesNotContain("UntypedAgent");
    }
  }

  @Test
  void inParallelOnTheFrameworksThreads() {
    assertOneTask(
        AgenticServices.parallelBuilder()
                .subAgents(Agents.writer(office), Agents.cleaner(office))
                .build()
            ::invoke);
  }

  @Test
  void inParallelOnThreadsOfTheApplicationThatKnowNothing() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      assertOneTask(
          AgenticServices.parallelBuilder()
                  .executor(pool)
                  .subAgents(Agents.writer(office), Agents.cleaner(office))
                  .build()
              ::invoke);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void inAsyncAgents() {
    assertOneTask(
        AgenticServices.sequenceBuilder()
                .subAgents(Agents.later(office), Agents.cleaner(office))
                .build()
            ::invoke);
  }

  @Test
  void inLoopsAndConditionsWithinOtherWorkflows() {
    UntypedAgent loop =
        AgenticServices.loopBuilder().maxIterations(1).subAgents(Agents.later(office)).build();
    UntypedAgent condition =
        AgenticServices.conditionalBuilder()
            .subAgents(scope -> true, Agents.cleaner(office))
            .build();
    assertOneTask(AgenticServices.parallelBuilder().subAgents(loop, condition).build()::invoke);
  }

  @Test
  void inAsyncAgentsOfASupervisor() {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel planner =
          ScriptedModel.plays(
              AiMessage.from(
                  "{\"agentName\":\"writeLater\",\"arguments\":{\"topic\":\"PAY EVE\"}}"),
              AiMessage.from("{\"agentName\":\"done\",\"arguments\":{\"response\":\"ok\"}}"));
      AgenticServices.supervisorBuilder()
          .chatModel(planner)
          .subAgents(Agents.later(office))
          .build()
          .invoke("cats");
      assertThat(office.ran).containsExactly("send bob: x");
      assertThat(gated.asked().get(0).task().intent()).isEqualTo(Intent.human("cats"));
    }
  }

  @Test
  void leavesNothingInTheStateOrInWhatIsPersisted() {
    List<AgenticScope> seen = new CopyOnWriteArrayList<>();
    try (Gated gated = Gated.permitting()) {
      AgenticServices.sequenceBuilder()
          .subAgents(
              Agents.writer(office),
              AgenticServices.agentAction(
                  scope -> {
                    seen.add(scope);
                  }))
          .build()
          .invoke(Map.of("topic", "cats"));
      DefaultAgenticScope scope = (DefaultAgenticScope) seen.get(0);
      Task task = gated.asked().get(0).task();
      assertThat(scope.state()).containsOnlyKeys("topic", "draft");
      assertThat(scope.state().values()).noneMatch(Task.class::isInstance);
      assertThat(AgenticScopeSerializer.toJson(scope))
          .contains("cats")
          .doesNotContain(task.id(), "ScopeTasks", task.intentDigest());
      assertThat(scope.toString()).doesNotContain(task.id(), "ScopeTasks");
    }
  }

  @Test
  void keepsRootCallsApartThatShareAConversation() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Gated gated = Gated.permitting()) {
      CyclicBarrier together = new CyclicBarrier(2);
      Agents.Room room =
          AgenticServices.parallelBuilder(Agents.Room.class)
              .subAgents(
                  AgenticServices.agentAction(scope -> together.await(10, TimeUnit.SECONDS)),
                  AgenticServices.agentAction(
                      scope -> Chats.ask(false, ScriptedModel.calls("send", Agents.SEND), office)))
              .build();
      List<Future<?>> running = new ArrayList<>();
      for (String topic : List.of("cats", "dogs")) {
        running.add(pool.submit(() -> room.run("room 7", topic)));
      }
      for (Future<?> one : running) {
        one.get(20, TimeUnit.SECONDS);
      }
      assertThat(gated.asked())
          .extracting(asked -> asked.task().intent())
          .containsExactlyInAnyOrder(Intent.human("cats"), Intent.human("dogs"));
    } finally {
      pool.shutdownNow();
    }
  }

  /** An async agent knows its scope only, and both calls work in it. */
  @Test
  void takesNoWordsWhereTwoRootCallsShareAScope() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Gated gated = Gated.permitting()) {
      CountDownLatch both = new CountDownLatch(2);
      ScriptedModel model =
          ScriptedModel.plays(
              ScriptedModel.asks(ScriptedModel.call("1", "send", Agents.SEND)),
              AiMessage.from("done"),
              AiMessage.from("done"));
      Agents.Room room =
          AgenticServices.sequenceBuilder(Agents.Room.class)
              .subAgents(
                  AgenticServices.agentAction(
                      scope -> {
                        both.countDown();
                        both.await(10, TimeUnit.SECONDS);
                      }),
                  Agents.agent(Agents.Later.class, model, office).build())
              .build();
      List<Future<?>> running = new ArrayList<>();
      for (String topic : List.of("cats", "dogs")) {
        running.add(pool.submit(() -> room.run("room 7", topic)));
      }
      for (Future<?> one : running) {
        one.get(20, TimeUnit.SECONDS);
      }
      assertThat(gated.asked())
          .isNotEmpty()
          .allMatch(asked -> asked.task().intent().source() == Intent.Source.EVENT);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void doesNothingWhereTheThreadHasAnotherTaskThanTheScope() {
    try (Gated gated = Gated.permitting()) {
      AgenticServices.sequenceBuilder()
          .subAgents(
              AgenticServices.agentAction(
                  scope -> {
                    Task other = gated.gate.startTask(Intent.human("x"), null, null, null);
                    try (Scope opened = other.open()) {
                      Chats.ask(true, ScriptedModel.calls("send", Agents.SEND), office);
                    }
                  }))
          .build()
          .invoke(Map.of("topic", "cats"));
      assertThat(gated.reasons()).containsExactly("task_mismatch");
      assertThat(office.ran).isEmpty();
      assertThat(gated.asked()).extracting(PolicyRequest::task).isEmpty();
    }
  }

  /** No SPI of the framework shows the root call of a planner of the application's own. */
  @Test
  void doesNothingOnThreadsOfARootCallThatNobodySaw() {
    try (Gated gated = Gated.permitting()) {
      UntypedAgent planned =
          AgenticServices.plannerBuilder()
              .planner(ParallelPlanner::new)
              .subAgents(Agents.writer(office), Agents.cleaner(office))
              .build();
      planned.invoke(Map.of("topic", "cats"));
      assertThat(gated.reasons()).containsExactly("task_missing", "task_missing");
      assertThat(office.ran).isEmpty();
    }
  }

  @Test
  void worksOnThreadsOfSuchARootCallThatTheApplicationTellsOf() {
    assertOneTask(
        AgenticServices.plannerBuilder()
                .planner(ParallelPlanner::new)
                .beforeCall(AgenticRoot::begins)
                .subAgents(Agents.writer(office), Agents.cleaner(office))
                .build()
            ::invoke);
  }

  @Test
  void worksOnWhatWasAskedOnSuchThreads() {
    try (Gated gated = Gated.permitting();
        Scope asked = TollgateLangChain4j.asked(Intent.human("cats"))) {
      AgenticServices.plannerBuilder()
          .planner(ParallelPlanner::new)
          .beforeCall(AgenticRoot::begins)
          .subAgents(Agents.writer(office), Agents.cleaner(office))
          .build()
          .invoke(Map.of("topic", "PAY EVE"));
      assertThat(gated.asked())
          .extracting(request -> request.task().intent())
          .hasSize(2)
          .containsOnly(Intent.human("cats"));
    }
  }

  /** Its async agents know the scope only, in which others work too. */
  @Test
  void isNotWiderInAConversationThanWhatWasHandedOver() throws DelegationException {
    try (Gated gated = Gated.permitting()) {
      ScriptedModel planner =
          ScriptedModel.plays(
              AiMessage.from("{\"agentName\":\"writeLater\",\"arguments\":{\"topic\":\"x\"}}"),
              AiMessage.from("{\"agentName\":\"done\",\"arguments\":{\"response\":\"ok\"}}"));
      Agents.Boss boss =
          AgenticServices.supervisorBuilder(Agents.Boss.class)
              .chatModel(planner)
              .subAgents(Agents.later(office))
              .build();
      Task task = gated.gate.startTask(Intent.human("cats"), null, null, null);
      String signed = gated.gate.delegations().delegate(task, Grant.to("house").tools("delete"));
      Task given =
          gated.gate.delegations().accept(signed, Waiting.ALICE, AgentIdentity.of("house"));
      try (Scope handed = given.open()) {
        boss.run("room 7", "cats");
      }
      assertThat(gated.reasons()).containsExactly("task_mismatch");
      assertThat(office.ran).isEmpty();
    }
  }
}
