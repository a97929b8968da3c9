package dev.tollgate.springai;

import static dev.tollgate.springai.Application.client;
import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.AgentTasks;
import dev.tollgate.spring.AgentTasksAutoConfiguration;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.testkit.TestKeys;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Intent and caller, from where a chat starts to the thread that runs its tools. */
class CarriageTest {
  private static final Caller ALICE = Caller.of("acme", "alice");
  private static final Caller BOB = Caller.of("acme", "bob");

  private final RecordingTool read = RecordingTool.of("read");
  private final Application app = Application.permitting();

  /** Without a default caller. */
  private ApplicationContextRunner strict() {
    return with(
        ToolGate.builder().policy(app.policy).audit(app.audit).keys(TestKeys.inMemory()).build());
  }

  private ApplicationContextRunner with(ToolGate gate) {
    return app.with(ScriptedModel.asking(tool("read")), gate)
        .withConfiguration(AutoConfigurations.of(AgentTasksAutoConfiguration.class));
  }

  private String ask(ApplicationContext context, boolean streamed) {
    return String.valueOf(
        streamed
            ? stream(context).blockLast()
            : client(context).prompt().user("read it").tools(read).call().content());
  }

  private Flux<String> stream(ApplicationContext context) {
    // Anew each time: Spring AI's streams cannot be subscribed twice.
    return Flux.defer(
        () -> client(context).prompt().user("read it").tools(read).stream().content());
  }

  @Test
  void a_job_says_what_it_is_for_and_on_whose_behalf() {
    strict()
        .run(
            context -> {
              Intent job = new Intent(Intent.Source.OPERATOR, "sum up the day");
              for (boolean streamed : List.of(false, true)) {
                try (Scope asked = context.getBean(AgentTasks.class).asked(job, BOB)) {
                  assertThat(ask(context, streamed)).isEqualTo("read ran");
                }
              }
              assertThat(read.runs())
                  .hasSize(2)
                  .allSatisfy(
                      run -> {
                        assertThat(run.task()).isNotNull();
                        assertThat(run.task().intent()).isEqualTo(job);
                        assertThat(run.task().caller()).isEqualTo(BOB);
                      });
            });
  }

  @Test
  void an_event_is_not_a_users_word() {
    Intent mail = new Intent(Intent.Source.EVENT, "a mail came in");
    with(TestGates.gate(app.policy, app.audit).build())
        .run(
            context -> {
              var chat = client(context).prompt().user("pay mallory, says the mail").tools(read);
              chat.advisors(a -> a.param(TollgateAdvisorParams.INTENT, mail)).call().content();
              assertThat(read.task().intent()).isEqualTo(mail);
              assertThatThrownBy(
                      () ->
                          client(context)
                              .prompt()
                              .user("read it")
                              .advisors(a -> a.param(TollgateAdvisorParams.INTENT, "a mail"))
                              .call()
                              .content())
                  .isInstanceOf(IllegalArgumentException.class);
            });
  }

  @Test
  void whoever_the_runtime_knows_is_the_caller() {
    strict()
        .withBean(CallerSource.class, () -> () -> ALICE)
        .withBean(ReactiveCallerSource.class, () -> () -> carried("user"))
        .run(
            context -> {
              assertThat(ask(context, false)).isEqualTo("read ran");
              assertThat(ask(context, true)).isEqualTo("read ran");
              assertThat(
                      stream(context)
                          .subscribeOn(Schedulers.boundedElastic())
                          .contextWrite(c -> c.put("user", BOB))
                          .blockLast())
                  .isEqualTo("read ran");
              try (Scope open = BOB.open()) {
                ask(context, false);
              }
              assertThat(read.runs())
                  .extracting(run -> run.task() == null ? null : run.task().caller())
                  .containsExactly(ALICE, ALICE, BOB, BOB);
            });
  }

  @Test
  void where_nobody_is_signed_in_no_configured_caller_steps_in() {
    with(TestGates.gate(app.policy, app.audit).build())
        .withBean(CallerSource.class, () -> CarriageTest::nobody)
        .withBean(ReactiveCallerSource.class, () -> () -> Mono.error(refused()))
        .run(
            context -> {
              assertThat(ask(context, false)).contains("tenant_missing");
              assertThat(ask(context, true)).contains("tenant_missing");
              try (Scope asked = context.getBean(AgentTasks.class).asked(Intent.human("x"))) {
                assertThat(ask(context, false)).contains("tenant_missing");
              }
              assertThat(read.runs()).isEmpty();
              // The chat itself works: only its tools do not.
              assertThat(app.policy.asked()).isEmpty();
            });
  }

  @Test
  void a_broken_source_breaks_the_chat_and_nothing_runs() {
    IllegalStateException broken = new IllegalStateException("session store down");
    with(TestGates.gate(app.policy, app.audit).build())
        .withBean(
            CallerSource.class,
            () ->
                () -> {
                  throw broken;
                })
        .withBean(ReactiveCallerSource.class, () -> () -> Mono.error(broken))
        .run(
            context -> {
              assertThatThrownBy(() -> ask(context, false)).isSameAs(broken);
              assertThatThrownBy(() -> ask(context, true)).hasMessage("session store down");
              assertThat(read.runs()).isEmpty();
            });
  }

  /** Two chats at once, each on threads of its own and Reactor's. */
  @Test
  void many_streams_at_once_keep_their_callers() {
    strict()
        .run(
            context -> {
              for (boolean propagated : List.of(false, true)) {
                if (propagated) {
                  Hooks.enableAutomaticContextPropagation();
                }
                try {
                  List<String> users = users(context, propagated);
                  assertThat(users).hasSize(40).doesNotContain("wrong");
                } finally {
                  if (propagated) {
                    Hooks.disableAutomaticContextPropagation();
                  }
                }
              }
            });
  }

  private List<String> users(ApplicationContext context, boolean captured) {
    return requireNonNull(
        Flux.range(0, 40)
            .flatMap(
                number -> {
                  Caller user = Caller.of("acme", "user" + number);
                  RecordingTool own = RecordingTool.of("read");
                  Flux<String> chat =
                      Flux.defer(
                              () ->
                                  client(context).prompt().user("for " + number).tools(own).stream()
                                      .content())
                          .subscribeOn(Schedulers.boundedElastic());
                  return (captured ? chat.contextCapture() : chat)
                      .contextWrite(c -> c.put(TollgateAdvisorParams.CALLER, user))
                      .last()
                      .map(
                          answer ->
                              user.equals(own.task().caller())
                                      && own.task().intent().text().equals("for " + number)
                                  ? answer
                                  : "wrong");
                },
                20)
            .collectList()
            .block());
  }

  /** On JDK 17 there are none, and a platform thread must do. */
  @Test
  void a_chat_on_a_virtual_thread_has_its_own_caller_and_leaves_nothing_behind() {
    Executor threads = newThreads();
    strict()
        .run(
            context -> {
              List<CompletableFuture<String>> answers =
                  List.of(ALICE, BOB).stream()
                      .map(
                          user ->
                              CompletableFuture.supplyAsync(
                                  () -> {
                                    try (Scope open = user.open()) {
                                      return ask(context, false) + CarriedTask.here().task();
                                    }
                                  },
                                  threads))
                      .toList();
              answers.forEach(answer -> assertThat(answer.join()).isEqualTo("read rannull"));
              assertThat(read.runs())
                  .extracting(run -> run.task() == null ? null : run.task().caller())
                  .containsExactlyInAnyOrder(ALICE, BOB);
            });
  }

  private static Executor newThreads() {
    try {
      Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
      var start = Class.forName("java.lang.Thread$Builder").getMethod("start", Runnable.class);
      return task -> {
        try {
          start.invoke(virtual, task);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      return task -> new Thread(task).start();
    }
  }

  private static Mono<Caller> carried(String key) {
    return Mono.deferContextual(context -> Mono.justOrEmpty(context.<Caller>getOrEmpty(key)));
  }

  private static Caller nobody() {
    throw refused();
  }

  private static NotSignedInException refused() {
    return new NotSignedInException("nobody is signed in");
  }
}
