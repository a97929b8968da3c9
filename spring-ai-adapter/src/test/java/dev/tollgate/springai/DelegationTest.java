package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static dev.tollgate.springai.Waiting.ALICE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** An agent hands work to a nested one, which has what it was handed and no more. */
@Timeout(60)
class DelegationTest {
  private static final AgentIdentity WORKER = AgentIdentity.of("worker");

  /** How the nested agent is asked. */
  enum Inner {
    CALLED {
      @Override
      String ask(ChatClientRequestSpec request) {
        return String.valueOf(request.call().content());
      }
    },
    STREAMED {
      @Override
      String ask(ChatClientRequestSpec request) {
        return String.valueOf(request.stream().content().blockLast());
      }
    },
    /** With what the outer agent's stream carries, which is more than was handed over. */
    STREAMED_IN_THE_OUTER_CONTEXT {
      @Override
      String ask(ChatClientRequestSpec request) {
        ContextView outer = ToolCallReactiveContextHolder.getContext();
        return String.valueOf(request.stream().content().contextWrite(outer).blockLast());
      }
    },
    /** A thread of the tool's own has the task if the tool hands it the context. */
    CALLED_WITH_CONTEXT {
      @Override
      String ask(ChatClientRequestSpec request) {
        return String.valueOf(
            CompletableFuture.supplyAsync(
                    () -> request.call().content(),
                    Context.taskWrapping((Executor) ForkJoinPool.commonPool()))
                .join());
      }
    },
    CALLED_ELSEWHERE {
      @Override
      String ask(ChatClientRequestSpec request) {
        return String.valueOf(
            Mono.fromCallable(() -> request.call().content())
                .subscribeOn(Schedulers.boundedElastic())
                .block());
      }
    },
    STREAMED_ELSEWHERE {
      @Override
      String ask(ChatClientRequestSpec request) {
        return String.valueOf(
            request.stream().content().subscribeOn(Schedulers.parallel()).blockLast());
      }
    };

    abstract String ask(ChatClientRequestSpec request);
  }

  private final Application app = Waiting.application();
  private final List<ApplicationContext> started = new ArrayList<>();
  private final RecordingTool send = RecordingTool.of("send");
  private final RecordingTool delete = RecordingTool.of("delete");

  @AfterEach
  void switchPropagationOff() {
    Hooks.disableAutomaticContextPropagation();
  }

  ApplicationContextRunner runner(Application application) {
    return application.with(model(), Waiting.gate(application).build());
  }

  private static TurnsModel model() {
    return new TurnsModel(
        Map.of(
            "go", List.of(List.of(tool("hand_on")), List.of(tool("delete"))),
            "WORK", List.of(List.of(tool("send"), tool("delete")))));
  }

  /** The outer agent's tool, which runs the nested one as the worker. */
  private RecordingTool handOn(Inner how, BiFunction<ToolGate, String, Task> accepting) {
    return new RecordingTool(
        "hand_on",
        false,
        arguments -> {
          ToolGate gate = started.get(0).getBean(ToolGate.class);
          Task given = accepting.apply(gate, delegated(gate));
          try (Scope handed = given.open()) {
            return how.ask(
                Application.client(started.get(0))
                    .prompt()
                    .user("WORK")
                    .tools(send, delete)
                    .advisors(a -> a.param(TollgateAdvisorParams.AGENT, "helper")));
          }
        });
  }

  private static String delegated(ToolGate gate) {
    try {
      return gate.delegations()
          .delegate(requireNonNull(Task.current()), Grant.to("worker").tools("send").calls(5));
    } catch (DelegationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Task accept(ToolGate gate, String signed) {
    return gate.delegations().accept(signed, ALICE, WORKER);
  }

  private List<PolicyRequest> asked() {
    return app.policy.asked().stream().flatMap(List::stream).toList();
  }

  static Stream<Arguments> ways() {
    return Stream.of(Inner.values())
        .flatMap(
            inner ->
                Stream.of(false, true)
                    .flatMap(
                        streamed ->
                            Stream.of(false, true)
                                // Without propagation a tool that changes threads loses its task.
                                .filter(
                                    auto -> auto || inner.compareTo(Inner.CALLED_WITH_CONTEXT) <= 0)
                                .map(auto -> Arguments.of(streamed, inner, auto))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_nested_agent_acts_as_the_receiver_within_what_it_was_handed(
      boolean outerStreamed, Inner inner, boolean propagated) {
    if (propagated) {
      Hooks.enableAutomaticContextPropagation();
    }
    RecordingTool handOn = handOn(inner, DelegationTest::accept);
    runner(app)
        .run(
            context -> {
              started.add(context);
              app.audit.entries().clear(); // the probe's
              String[] told = Waiting.ask(outerStreamed, context, handOn, delete).split(" \\| ");
              assertThat(told).hasSize(3);
              assertThat(told[0]).isEqualTo("send ran");
              assertThat(told[1]).contains("\"reason_code\":\"delegation_tool\"");
              assertThat(told[2]).isEqualTo("delete ran");
              assertThat(send.runs()).hasSize(1);
              assertThat(send.task().agent()).isEqualTo(WORKER);
              assertThat(delete.runs()).hasSize(1);
              assertThat(delete.task()).isEqualTo(handOn.task());
              assertThat(app.audit.records(AuditRecord.Proposed.class))
                  .extracting(AuditRecord.Proposed::agent)
                  .containsExactly("agent", "worker", "worker", "agent");
              assertThat(asked())
                  .extracting(asked -> asked.tool().name())
                  .containsExactly("hand_on", "send", "delete");
              assertThat(asked().stream().map(asked -> asked.task().id()).distinct()).hasSize(1);
              assertThat(asked())
                  .extracting(asked -> asked.task().intent().text())
                  .containsOnly("go");
              assertThat(CarriedTask.here().task()).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nothing_is_done_under_a_delegation_that_was_used_before(
      boolean outerStreamed, Inner inner, boolean propagated) {
    assertRefused(
        outerStreamed,
        inner,
        propagated,
        (gate, signed) -> {
          assertThat(accept(gate, signed).agent()).isEqualTo(WORKER);
          return accept(gate, signed);
        },
        "delegation_replayed");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nothing_is_done_under_a_delegation_that_nobody_signed(
      boolean outerStreamed, Inner inner, boolean propagated) {
    assertRefused(
        outerStreamed,
        inner,
        propagated,
        (gate, signed) -> accept(gate, signed.substring(0, signed.lastIndexOf('.') + 1) + "AAAA"),
        "delegation_forged");
  }

  private void assertRefused(
      boolean outerStreamed,
      Inner inner,
      boolean propagated,
      BiFunction<ToolGate, String, Task> accepting,
      String reason) {
    if (propagated) {
      Hooks.enableAutomaticContextPropagation();
    }
    runner(app)
        .run(
            context -> {
              started.add(context);
              String[] told =
                  Waiting.ask(outerStreamed, context, handOn(inner, accepting), delete)
                      .split(" \\| ");
              assertThat(told).hasSize(3);
              assertThat(told[0]).contains("\"reason_code\":\"" + reason + "\"");
              assertThat(told[1]).contains("\"reason_code\":\"" + reason + "\"");
              assertThat(told[2]).isEqualTo("delete ran");
              assertThat(send.runs()).isEmpty();
              assertThat(delete.runs()).hasSize(1);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_waited_is_resumed_as_the_receiver(boolean streamed) {
    Application waiting = Waiting.application("send");
    Inner inner = streamed ? Inner.STREAMED : Inner.CALLED;
    runner(waiting)
        .run(
            context -> {
              started.add(context);
              RecordingTool handOn = handOn(inner, DelegationTest::accept);
              Waiting.ask(streamed, context, handOn, delete);
              assertThat(send.runs()).isEmpty();
              assertThat(Waiting.resume(context, Waiting.approved(context), send))
                  .isEqualTo("send ran");
              assertThat(send.task().agent()).isEqualTo(WORKER);
              assertThat(send.task().delegation()).isNotNull();
              assertThat(send.task().id()).isEqualTo(handOn.task().id());
            });
  }
}
