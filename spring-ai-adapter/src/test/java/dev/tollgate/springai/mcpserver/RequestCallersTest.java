package dev.tollgate.springai.mcpserver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Who calls, where threads, streams and requests may each know something; alice is configured. */
class RequestCallersTest {
  private static final Caller BOB = Caller.of("acme", "bob");
  private static final Caller CAROL = Caller.of("acme", "carol");
  private static final Caller DAVE = Caller.of("acme", "dave");
  private static final CallerSource NOBODY = () -> null;

  private final ToolGate gate =
      TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build();
  private final List<String> ran = new ArrayList<>();

  private GuardedMcp guarded(
      CallerSource thread, @Nullable ReactiveCallerSource stream, boolean reactive) {
    return new GuardedMcp(
        new ServedCalls(() -> gate, null, new CallerSources(() -> thread, () -> stream, reactive)));
  }

  private static McpSchema.Tool tool() {
    return McpSchema.Tool.builder("note", Map.of("type", "object")).description("A tool.").build();
  }

  private static CallToolRequest request() {
    return new CallToolRequest("note", Map.of(), null);
  }

  private CallToolResult ran() {
    ran.add(requireNonNull(requireNonNull(Task.current()).caller()).subject());
    return CallToolResult.builder().addTextContent("ran").build();
  }

  private String synchronous(GuardedMcp guarded, McpTransportContext transport) {
    return McpServerApp.text(
        guarded
            .guard(
                McpStatelessServerFeatures.SyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((context, request) -> ran())
                    .build())
            .callHandler()
            .apply(transport, request()));
  }

  private String asynchronous(GuardedMcp guarded) {
    return McpServerApp.text(
        requireNonNull(
            guarded
                .guard(
                    McpStatelessServerFeatures.AsyncToolSpecification.builder()
                        .tool(tool())
                        .callHandler((context, request) -> Mono.fromSupplier(this::ran))
                        .build())
                .callHandler()
                .apply(McpTransportContext.EMPTY, request())
                .block()));
  }

  private static McpTransportContext taking(@Nullable Mono<Caller> caller) {
    return new RequestContext(McpTransportContext.EMPTY, null, caller);
  }

  @Test
  void a_synchronous_tool_runs_for_the_user_that_its_request_took_along() {
    synchronous(guarded(NOBODY, Mono::empty, true), taking(Mono.just(BOB)));
    assertThat(ran).containsExactly("bob");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobody_stands_in_where_the_request_cannot_tell(boolean reactive) {
    GuardedMcp guarded = guarded(NOBODY, Mono::empty, reactive);
    for (RuntimeException why :
        List.of(new NotSignedInException("nobody"), new IllegalStateException("no session"))) {
      assertThat(synchronous(guarded, taking(Mono.error(why)))).contains("task_missing");
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void a_request_that_took_nobody_along_is_nobodys() {
    GuardedMcp guarded = guarded(NOBODY, Mono::empty, true);
    assertThat(synchronous(guarded, taking(Mono.empty()))).contains("task_missing");
    assertThat(synchronous(guarded, taking(null))).contains("task_missing");
    assertThat(ran).isEmpty();
  }

  @Test
  void nobody_stands_in_where_the_stream_cannot_tell() {
    ReactiveCallerSource broken = () -> Mono.error(new IllegalStateException("no session"));
    assertThat(asynchronous(guarded(NOBODY, broken, false))).contains("task_missing");
    assertThat(ran).isEmpty();
  }

  @Test
  void a_caller_that_the_application_has_opened_comes_before_the_requests() {
    try (Scope open = CAROL.open()) {
      synchronous(guarded(NOBODY, Mono::empty, true), taking(Mono.just(BOB)));
    }
    assertThat(ran).containsExactly("carol");
  }

  @Test
  void a_caller_that_the_thread_knows_is_the_requests() {
    GuardedMcp guarded = guarded(() -> DAVE, Mono::empty, true);
    synchronous(guarded, McpTransportContext.EMPTY);
    asynchronous(guarded);
    assertThat(ran).containsExactly("dave", "dave");
  }

  @Test
  void where_nothing_says_who_calls_on_webflux_it_is_the_configured_caller() {
    GuardedMcp guarded = guarded(NOBODY, null, true);
    synchronous(guarded, McpTransportContext.EMPTY);
    asynchronous(guarded);
    assertThat(ran).containsExactly("alice", "alice");
  }
}
