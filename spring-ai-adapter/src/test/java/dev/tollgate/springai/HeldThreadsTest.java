package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** Threads that work for many users: no call waits for a person there, however long it may. */
@Timeout(60)
class HeldThreadsTest {
  private final RecordingTool pay = RecordingTool.of("pay");

  private interface Place {
    String ask(ApplicationContext context, Callable<String> chat);
  }

  private void neverHolds(Place place) {
    Application app = Waiting.application("pay");
    app.with(TurnsModel.of(tool("pay")), Waiting.gate(app).build())
        .withPropertyValues("tollgate.approval.wait=1h")
        .run(
            context -> {
              assertThat(place.ask(context, () -> Waiting.ask(false, context, pay)))
                  .contains("approval_required", Waiting.id(context));
              assertThat(pay.runs()).isEmpty();
            });
  }

  private void neverHolds(Scheduler scheduler) {
    neverHolds(
        (context, chat) ->
            requireNonNull(
                Mono.fromCallable(chat).subscribeOn(scheduler).block(Duration.ofSeconds(30))));
  }

  @Test
  void a_thread_that_must_not_block_is_not_held() {
    neverHolds(Schedulers.parallel());
  }

  @Test
  void a_thread_that_streams_share_is_not_held_by_a_chat_that_is_no_stream() {
    neverHolds(Schedulers.boundedElastic());
  }

  @Test
  void a_streams_tools_hold_no_thread_whatever_its_name_is() {
    neverHolds(
        (context, chat) -> {
          ToolCallReactiveContextHolder.setContext(Context.of("any", "thing"));
          try {
            return chat.call();
          } catch (Exception e) {
            throw new AssertionError(e);
          } finally {
            ToolCallReactiveContextHolder.clearContext();
          }
        });
  }
}
