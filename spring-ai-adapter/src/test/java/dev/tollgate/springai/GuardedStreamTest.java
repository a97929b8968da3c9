package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestKeys;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class GuardedStreamTest {
  private static final Caller BOB = Caller.of("acme", "bob");

  private static Flux<String> stream(ApplicationContext context, String text, Object... tools) {
    return Application.client(context).prompt().user(text).tools(tools).stream().content();
  }

  /** A gate without a default caller. */
  private static ToolGate gate(Application app) {
    return ToolGate.builder().policy(app.policy).audit(app.audit).keys(TestKeys.inMemory()).build();
  }

  @Test
  void the_tool_thread_has_the_task_and_the_caller_of_the_subscriber() {
    RecordingTool read = RecordingTool.of("read");
    Application app = Application.permitting();
    app.with(ScriptedModel.asking(tool("1", "read", "{ \"a\": 1.0 }")), gate(app))
        .run(
            context -> {
              try (Scope caller = BOB.open()) {
                assertThat(stream(context, "read it", read).collectList().block())
                    .containsExactly("read ran");
              }
              assertThat(read.runs().get(0).thread()).startsWith("boundedElastic");
              assertThat(read.runs().get(0).arguments()).isEqualTo("{\"a\":1}");
              assertThat(read.task().caller()).isEqualTo(BOB);
              assertThat(read.task().intent().text()).isEqualTo("read it");
            });
  }

  @Test
  void a_caller_can_travel_with_the_request_or_in_the_reactor_context() {
    RecordingTool read = RecordingTool.of("read");
    Application app = Application.permitting();
    app.with(ScriptedModel.asking(tool("read")), gate(app))
        .run(
            context -> {
              // Anew each time: Spring AI's streams cannot be subscribed twice.
              Flux<String> elsewhere =
                  Flux.defer(() -> stream(context, "read it", read))
                      .subscribeOn(Schedulers.parallel());
              try (Scope open = BOB.open()) {
                assertThat(elsewhere.blockLast()).contains("tenant_missing");
              }
              assertThat(
                      elsewhere
                          .contextWrite(c -> c.put(TollgateAdvisorParams.CALLER, BOB))
                          .blockLast())
                  .isEqualTo("read ran");
              assertThat(
                      Application.client(context)
                          .prompt()
                          .user("read it")
                          .tools(read)
                          .advisors(a -> a.param(TollgateAdvisorParams.CALLER, BOB))
                          .stream()
                          .content()
                          .subscribeOn(Schedulers.parallel())
                          .blockLast())
                  .isEqualTo("read ran");
            });
  }

  @Test
  void denied_and_made_up_calls_do_not_run_and_do_not_break_the_stream() {
    RecordingTool read = RecordingTool.of("read");
    RecordingTool pay = RecordingTool.of("pay");
    Application app = Application.denying("pay");
    app.with(ScriptedModel.asking(tool("read"), tool("pay"), tool("rm_rf")))
        .run(
            context -> {
              app.audit.entries().clear();
              assertThat(stream(context, "do it", read, pay).blockLast())
                  .startsWith("read ran | {\"error\":\"denied\"")
                  .contains("policy_forbidden", "tool_unknown");
              assertThat(pay.runs()).isEmpty();
              List<String> kinds =
                  app.audit.entries().stream()
                      .map(AuditEntry::record)
                      .map(AuditRecord::kind)
                      .toList();
              assertThat(kinds.lastIndexOf("decided")).isLessThan(kinds.indexOf("dispatched"));
            });
  }

  @Test
  void conversations_at_the_same_time_keep_their_own_tasks() {
    int chats = 64;
    Application app = Application.permitting();
    RecordingTool echo =
        new RecordingTool(
            "echo", false, arguments -> requireNonNull(Task.current()).intent().text());
    app.with(ScriptedModel.asking(tool("echo")))
        .run(
            context -> {
              List<String> answers =
                  Flux.range(0, chats)
                      .flatMapSequential(i -> stream(context, "chat " + i, echo), chats)
                      .collectList()
                      .block();
              assertThat(answers)
                  .containsExactlyElementsOf(
                      IntStream.range(0, chats).mapToObj(i -> "chat " + i).toList());
              List<String> called =
                  Flux.range(0, chats)
                      .flatMapSequential(
                          i ->
                              Flux.defer(
                                      () -> Flux.just(Application.ask(context, "chat " + i, echo)))
                                  .subscribeOn(Schedulers.boundedElastic()),
                          8)
                      .collectList()
                      .block();
              assertThat(called).isEqualTo(answers);
              assertThat(echo.runs())
                  .extracting(run -> requireNonNull(run.task()).id())
                  .doesNotHaveDuplicates()
                  .hasSize(2 * chats);
            });
  }
}
