package dev.tollgate.springai.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
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
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** On WebFlux no thread knows the user: the configured caller, alice, must not step in. */
@Timeout(60)
class ReactiveCallersTest {
  private static final String USER = "user";
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ToolGate gate = TestGates.gate(ScriptedPolicy.permitAll(), audit).build();
  private final List<String> ran = new ArrayList<>();

  /** As that of Spring Security: the user, an error in a request without one, or nothing. */
  private final ReactiveCallerSource signedIn =
      () ->
          Mono.deferContextual(
              context -> {
                String user = context.getOrDefault(USER, null);
                return "".equals(user)
                    ? Mono.error(new NotSignedInException("nobody"))
                    : Mono.justOrEmpty(user).map(name -> Caller.of("acme", name));
              });

  private static McpSchema.Tool tool() {
    return McpSchema.Tool.builder("note", Map.of("type", "object")).description("A tool.").build();
  }

  private CallToolResult ran() {
    ran.add(subject());
    return CallToolResult.builder().addTextContent("ran").build();
  }

  private static String subject() {
    return Objects.requireNonNull(Objects.requireNonNull(Task.current()).caller()).subject();
  }

  private GuardedMcp guarded(boolean reactive) {
    CallerSource thread = () -> null;
    return new GuardedMcp(
        new ServedCalls(
            () -> gate, null, new CallerSources(() -> thread, () -> signedIn, reactive)));
  }

  private CallToolResult stream(boolean reactive, @Nullable String user) {
    UnaryOperator<reactor.util.context.Context> with =
        context -> user == null ? context : context.put(USER, user);
    return Objects.requireNonNull(
        guarded(reactive)
            .guard(
                McpStatelessServerFeatures.AsyncToolSpecification.builder()
                    .tool(tool())
                    .callHandler((context, request) -> Mono.fromSupplier(this::ran))
                    .build())
            .callHandler()
            .apply(McpTransportContext.EMPTY, request())
            .contextWrite(with)
            .block());
  }

  private CallToolResult thread(boolean reactive) {
    return call(guarded(reactive));
  }

  private static CallToolRequest request() {
    return new CallToolRequest("note", Map.of(), null);
  }

  private void denied(CallToolResult result) {
    assertThat(McpServerApp.text(result)).contains("\"reason_code\":\"task_missing\"");
    assertThat(ran).isEmpty();
    assertThat(audit.records(AuditRecord.Decided.class)).hasSize(1);
  }

  @Test
  void a_tool_runs_for_the_user_of_the_stream() {
    stream(true, "bob");
    assertThat(ran).containsExactly("bob");
  }

  @Test
  void a_tool_runs_for_the_user_of_the_stream_also_where_threads_know_users() {
    stream(false, "bob");
    assertThat(ran).containsExactly("bob");
  }

  @Test
  void a_request_without_a_user_is_denied_and_is_not_the_configured_callers() {
    denied(stream(true, ""));
  }

  @Test
  void a_stream_that_says_nothing_is_nobodys_on_webflux() {
    denied(stream(true, null));
  }

  @Test
  void a_synchronous_tool_on_webflux_is_nobodys() {
    denied(thread(true));
  }

  @Test
  void a_caller_that_the_application_has_opened_comes_first() {
    try (Scope open = Caller.of("acme", "carol").open()) {
      stream(true, "");
      thread(true);
    }
    assertThat(ran).containsExactly("carol", "carol");
  }

  @Test
  void elsewhere_what_nobody_says_is_the_configured_callers() {
    stream(false, null);
    thread(false);
    assertThat(ran).containsExactly("alice", "alice");
  }

  @Test
  void an_application_that_is_known_to_be_on_webflux_has_it_so() {
    application()
        .withBean(TollgateMcpServerAutoConfiguration.ReactivelyServed.class)
        .run(context -> denied(call(context.getBean(GuardedMcp.class))));
  }

  @Test
  void an_application_that_is_not_on_webflux_has_its_configured_caller() {
    application().run(context -> call(context.getBean(GuardedMcp.class)));
    assertThat(ran).containsExactly("alice");
  }

  private ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(TollgateMcpServerAutoConfiguration.class))
        .withBean(ToolGate.class, () -> gate)
        .withBean(ReactiveCallerSource.class, () -> signedIn);
  }

  private CallToolResult call(GuardedMcp guarded) {
    return guarded
        .guard(
            McpStatelessServerFeatures.SyncToolSpecification.builder()
                .tool(tool())
                .callHandler((context, request) -> ran())
                .build())
        .callHandler()
        .apply(McpTransportContext.EMPTY, request());
  }
}
