package dev.tollgate.springai.mcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.ToolGate;
import dev.tollgate.delegation.Grant;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** What belongs to one connection, and to no other. */
class ConnectionTest {
  private static final McpSchema.Tool SEARCH =
      McpSchema.Tool.builder("search", Map.of("type", "object")).build();

  private static Connection connection(String name) {
    return new Connection(
        name,
        AllowedMeta.NONE,
        () -> {
          throw new IllegalStateException("no gate");
        },
        null);
  }

  private static @Nullable String handedTo(@Nullable Connection connection) {
    CarriedCall carried = CarriedCall.in(CarriedCall.here(McpTransportContext.EMPTY, connection));
    return carried == null ? null : carried.delegation();
  }

  @Test
  void what_is_handed_on_to_one_server_goes_to_no_other() {
    Connection docs = connection("docs");
    try (Handed.During handed = Handed.during(new Handed(docs, "signed"))) {
      assertThat(handedTo(docs)).isEqualTo("signed");
      assertThat(handedTo(connection("docs"))).isNull();
      assertThat(handedTo(connection("eve"))).isNull();
      assertThat(handedTo(null)).isNull();
      try (Handed.During inner = Handed.during(null)) {
        assertThat(handedTo(docs)).isNull();
      }
      assertThat(handedTo(docs)).isEqualTo("signed");
    }
    assertThat(handedTo(docs)).isNull();
  }

  @Test
  void a_server_that_says_its_tools_changed_and_does_not_list_them_offers_none() {
    Connection docs = connection("docs");
    assertThat(docs.announced(() -> List.of())).isNull();
    docs.changed();
    assertThat(requireNonNull(docs.announced(() -> List.of(SEARCH)))).containsKey("search");
    docs.changed();
    assertThat(
            docs.announced(
                () -> {
                  throw new IllegalStateException("down");
                }))
        .isEmpty();
    // Asked again, since nobody knows yet.
    assertThat(requireNonNull(docs.announced(() -> List.of(SEARCH)))).containsKey("search");
  }

  private static Connection delegating(ToolGate gate, Grant grant) {
    return new Connection("docs", AllowedMeta.NONE, () -> gate, grant);
  }

  @Test
  void a_server_that_is_to_get_a_delegation_is_not_asked_without_one() throws Exception {
    try (ToolGate gate =
        TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink()).build()) {
      Connection docs = delegating(gate, Grant.to("docs-agent").tools("search"));
      assertThatThrownBy(docs::delegated)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("without a task");
      Task task = gate.startTask(Intent.human("search"), null, null, null);
      try (Scope here = task.open()) {
        assertThat(requireNonNull(docs.delegated()).delegation()).isNotEmpty();
      }
      // Handed on with no right to hand it on again.
      String once = gate.delegations().delegate(task, Grant.to("worker").tools("search"));
      Task handed =
          gate.delegations().accept(once, Caller.of("acme", "alice"), AgentIdentity.of("worker"));
      try (Scope here = handed.open()) {
        assertThatThrownBy(docs::delegated)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("delegation_too_deep")
            .hasNoCause();
      }
    }
  }

  /** A tool may ask a second server: its call is over then, and the first one's is not. */
  @Test
  void the_stream_of_a_call_carries_it_no_longer_than_that_runs() {
    Connection docs = connection("docs");
    Context outer = Context.of("own", "kept");
    for (Context before : List.of(outer, Context.empty())) {
      ToolCallReactiveContextHolder.setContext(before);
      try (Handed.During handed = Handed.during(new Handed(docs, "signed"))) {
        try (ReactiveCall carried = ReactiveCall.carry(docs)) {
          ContextView inside = ToolCallReactiveContextHolder.getContext();
          CarriedCall call = CarriedCall.in(inside.get(McpTransportContext.KEY));
          assertThat(requireNonNull(call).delegation()).isEqualTo("signed");
        }
      }
      ContextView after = ToolCallReactiveContextHolder.getContext();
      assertThat(after.stream().toList()).isEqualTo(before.stream().toList());
    }
    ToolCallReactiveContextHolder.clearContext();
  }
}
