package dev.tollgate.springai.mcpserver;

import static dev.tollgate.springai.mcpserver.McpServerApp.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Tools that come to a server in other ways than as beans of the starter's. */
@Timeout(60)
class GuardedMcpTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ToolGate gate = TestGates.gate(ScriptedPolicy.denying("late"), audit).build();
  private final ToolGate permitting = TestGates.gate(ScriptedPolicy.permitAll(), audit).build();

  private static GuardedMcp of(ToolGate gate) {
    return new GuardedMcp(
        new ServedCalls(() -> gate, null, new CallerSources(() -> null, () -> null, false)));
  }

  private static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object")).description("A tool.").build();
  }

  private static CallToolResult ran() {
    return CallToolResult.builder().addTextContent("ran").build();
  }

  private static McpServerFeatures.SyncToolSpecification late() {
    return McpServerFeatures.SyncToolSpecification.builder()
        .tool(tool("late"))
        .callHandler((exchange, request) -> ran())
        .build();
  }

  private static McpStatelessServerFeatures.AsyncToolSpecification async(
      Mono<CallToolResult> body) {
    return McpStatelessServerFeatures.AsyncToolSpecification.builder()
        .tool(tool("slow"))
        .callHandler((context, request) -> body)
        .build();
  }

  private static CallToolRequest request(Map<String, Object> arguments) {
    return new CallToolRequest("slow", arguments, null);
  }

  private static List<CoveredPath> paths(McpServerApp app) {
    return app.context.getBeansOfType(CoveredPaths.class).values().stream()
        .filter(McpServerCoverage.class::isInstance)
        .flatMap(part -> part.paths().stream())
        .toList();
  }

  @Test
  void a_tool_that_is_added_while_the_server_runs_is_guarded() {
    try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, gate)) {
      McpSyncServer server = app.context.getBean(McpSyncServer.class);
      app.context.getBean(GuardedMcp.class).addTool(server, late());
      CallToolResult denied = app.call("late", Map.of());
      assertThat(text(denied)).contains("\"reason_code\":\"policy_forbidden\"");
      assertThat(paths(app))
          .extracting(CoveredPath::standing)
          .containsExactly(CoveredPath.Standing.COVERED, CoveredPath.Standing.ESCAPES);
    }
  }

  @Test
  void a_tool_that_is_added_past_the_gate_is_reported_by_name() {
    try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, gate)) {
      app.context.getBean(McpSyncServer.class).addTool(late());
      assertThat(paths(app))
          .filteredOn(path -> path.standing() == CoveredPath.Standing.UNCOVERED)
          .singleElement()
          .satisfies(path -> assertThat(path.detail()).contains("late").doesNotContain("note"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMABLE", "STATELESS_ASYNC"})
  void a_tool_that_is_removed_is_not_offered_and_denied_to_whoever_still_calls_it(ServerKind kind) {
    try (McpServerApp app = McpServerApp.start(kind, permitting)) {
      GuardedMcp guarded = app.context.getBean(GuardedMcp.class);
      CallToolResult late;
      if (kind.async()) {
        McpStatelessAsyncServer server = app.context.getBean(McpStatelessAsyncServer.class);
        var slow = guarded.guard(async(Mono.fromSupplier(GuardedMcpTest::ran)));
        guarded.addTool(server, slow).block();
        assertThat(text(app.call("slow", Map.of()))).isEqualTo("ran");
        guarded.removeTool(server, "slow").block();
        late = slow.callHandler().apply(McpTransportContext.EMPTY, request(Map.of())).block();
      } else {
        McpSyncServer server = app.context.getBean(McpSyncServer.class);
        var plain = guarded.guard(late());
        guarded.addTool(server, plain);
        assertThat(text(app.call("late", Map.of()))).isEqualTo("ran");
        guarded.removeTool(server, "late");
        late = plain.callHandler().apply(null, new CallToolRequest("late", Map.of(), null));
      }
      assertThat(text(requireNonNull(late))).contains("tool_definition_changed");
      assertThat(offered(app)).doesNotContain("slow", "late");
    }
  }

  @Test
  void what_no_server_has_any_more_is_forgotten() {
    try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, permitting)) {
      McpSyncServer server = app.context.getBean(McpSyncServer.class);
      GuardedMcp guarded = app.context.getBean(GuardedMcp.class);
      int before = guarded.remembered();
      for (int i = 0; i < 1000; i++) {
        guarded.addTool(server, late());
        guarded.removeTool(server, "late");
      }
      for (int tries = 0; tries < 100 && guarded.remembered() > before + 100; tries++) {
        System.gc();
        guarded.guard(late()); // tidies up
      }
      assertThat(guarded.remembered()).isLessThanOrEqualTo(before + 100);
      assertThat(server.listTools()).hasSize(before).allMatch(guarded::knows);
    }
  }

  @Test
  void a_server_with_a_tool_past_the_gate_does_not_start() {
    BeanPostProcessor adding =
        new BeanPostProcessor() {
          @Override
          public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof McpSyncServer server) {
              server.addTool(late());
            }
            return bean;
          }
        };
    McpServerApp.Extra extra = new McpServerApp.Extra(BeanPostProcessor.class, adding);
    assertThatThrownBy(() -> McpServerApp.start(ServerKind.STREAMABLE, gate, extra).close())
        .hasMessageContaining("MCP server mcpSyncServer")
        .hasMessageContaining("late");
    try (McpServerApp app =
        McpServerApp.start(ServerKind.STREAMABLE, gate, List.of("tollgate.strict=report"), extra)) {
      assertThat(text(app.call("late", Map.of()))).isEqualTo("ran");
    }
  }

  @Test
  void a_tool_that_a_customizer_adds_is_guarded() {
    McpAsyncServerCustomizer customizer =
        builder ->
            builder.tools(
                McpServerFeatures.AsyncToolSpecification.builder()
                    .tool(tool("late"))
                    .callHandler((exchange, request) -> Mono.just(ran()))
                    .build());
    try (McpServerApp app =
        McpServerApp.start(
            ServerKind.STREAMABLE_ASYNC,
            gate,
            new McpServerApp.Extra(McpAsyncServerCustomizer.class, customizer))) {
      CallToolResult denied = app.call("late", Map.of());
      assertThat(text(denied)).contains("\"reason_code\":\"policy_forbidden\"");
    }
  }

  @Test
  void a_tool_that_is_a_bean_by_itself_is_guarded() {
    try (McpServerApp app =
        McpServerApp.start(
            ServerKind.STREAMABLE,
            gate,
            new McpServerApp.Extra(McpServerFeatures.SyncToolSpecification.class, late()))) {
      var bean = app.context.getBean(McpServerFeatures.SyncToolSpecification.class);
      assertThat(bean.callHandler()).isInstanceOf(GuardedHandler.class);
      assertThat(app.context.getBean(GuardedMcp.class).guard(bean)).isSameAs(bean);
    }
  }

  @Test
  void tools_of_an_mcp_client_are_offered_again_only_where_the_application_says_so() {
    try (McpServerApp behind = McpServerApp.start(ServerKind.STATELESS, permitting)) {
      List<String> connected =
          List.of(
              "spring.ai.mcp.client.enabled=true",
              "spring.ai.mcp.client.streamable-http.connections.behind.url=" + behind.url());
      try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, permitting, connected)) {
        assertThat(offered(app))
            .containsExactlyInAnyOrder(
                "note", "account", "picture", "fails", "send", "lookup", "breaks");
      }
      List<String> exposing =
          Stream.concat(
                  connected.stream(),
                  Stream.of("spring.ai.mcp.server.expose-mcp-client-tools=true"))
              .toList();
      // Both have tools of the same names: so that they were offered again is hard to miss.
      assertThatThrownBy(
              () -> McpServerApp.start(ServerKind.STREAMABLE, permitting, exposing).close())
          .hasMessageContaining("already registered");
    }
  }

  private static List<String> offered(McpServerApp app) {
    return app.client(Map.of()).listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  @Test
  void the_lock_that_is_made_of_a_servers_list_holds_for_its_calls() {
    String list;
    try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, permitting)) {
      list = GuardedMcp.toolList(app.context.getBean(McpSyncServer.class).listTools());
    }
    ToolLock lock = ToolLock.of(McpToolList.read(list, "other"));
    ToolManifest locked = ToolManifest.empty().locked(lock);
    ToolGate locking = TestGates.gate(ScriptedPolicy.permitAll(), audit).manifest(locked).build();
    try (McpServerApp app = McpServerApp.start(ServerKind.STREAMABLE, locking)) {
      assertThat(text(app.call("note", Map.of("text", "milk")))).isEqualTo("note ran");
      assertThat(app.call("send", Map.of("to", "bob", "amount", 1)).isError()).isFalse();
      app.context
          .getBean(GuardedMcp.class)
          .addTool(app.context.getBean(McpSyncServer.class), late());
      assertThat(text(app.call("late", Map.of()))).contains("\"reason_code\":\"tool_not_locked\"");
    }
  }

  @Test
  void the_gate_waits_on_a_thread_that_may_block() {
    Mono<CallToolResult> body = Mono.fromSupplier(GuardedMcpTest::ran);
    CallToolResult result =
        Mono.defer(
                () ->
                    of(permitting)
                        .guard(async(body))
                        .callHandler()
                        .apply(McpTransportContext.EMPTY, request(Map.of())))
            .subscribeOn(Schedulers.parallel())
            .block();
    assertThat(result).isNotNull();
    assertThat(text(result)).isEqualTo("ran");
  }

  @Test
  void what_a_tool_leaves_behind_is_no_part_of_its_task() throws Exception {
    Scheduler timer = Schedulers.newSingle("timer");
    CountDownLatch answered = new CountDownLatch(1);
    List<CompletableFuture<Optional<Task>>> seen =
        List.of(new CompletableFuture<>(), new CompletableFuture<>());
    Mono<CallToolResult> body =
        Mono.fromSupplier(
            () -> {
              timer.schedulePeriodically(
                  () -> {
                    boolean ended = answered.getCount() == 0;
                    seen.get(ended ? 1 : 0).complete(Optional.ofNullable(Task.current()));
                  },
                  0,
                  5,
                  TimeUnit.MILLISECONDS);
              assertThat(seen.get(0).join()).isPresent();
              return ran();
            });
    CallToolResult result =
        of(permitting)
            .guard(async(body))
            .callHandler()
            .apply(McpTransportContext.EMPTY, request(Map.of()))
            .block();
    answered.countDown();
    assertThat(result).isNotNull();
    assertThat(seen.get(1).get(20, TimeUnit.SECONDS)).isEmpty();
    timer.dispose();
  }

  @Test
  void a_call_that_is_cancelled_is_interrupted_and_ends() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<String> how = new AtomicReference<>("");
    Mono<CallToolResult> body =
        Mono.<CallToolResult>never()
            .doOnSubscribe(subscription -> running.countDown())
            .doOnCancel(
                () -> {
                  how.set("cancelled");
                  ended.countDown();
                });
    Disposable call =
        of(permitting)
            .guard(async(body))
            .callHandler()
            .apply(McpTransportContext.EMPTY, request(Map.of()))
            .subscribe();
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    call.dispose();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(how).hasValue("cancelled");
    permitting.close(); // waits for what is in flight
    assertThat(audit.records(AuditRecord.Outcome.class))
        .extracting(AuditRecord.Outcome::state)
        .containsExactly("unknown"); // whatever it had done by then
  }

  @Test
  void arguments_that_are_no_json_are_denied_on_record() {
    CallToolResult denied =
        of(permitting)
            .guard(async(Mono.fromSupplier(GuardedMcpTest::ran)))
            .callHandler()
            .apply(McpTransportContext.EMPTY, request(Map.of("n", Double.NaN)))
            .block();
    assertThat(denied).isNotNull();
    assertThat(text(denied)).contains("\"reason_code\":\"arguments_malformed\"");
    assertThat(audit.records(AuditRecord.Decided.class)).hasSize(1);
  }

  @Test
  void a_tool_that_gives_no_result_fails_and_does_not_keep_its_client_waiting() {
    Mono<CallToolResult> answer =
        of(permitting)
            .guard(async(Mono.empty()))
            .callHandler()
            .apply(McpTransportContext.EMPTY, request(Map.of()));
    assertThatThrownBy(answer::block).hasMessageContaining("gave no result");
  }
}
