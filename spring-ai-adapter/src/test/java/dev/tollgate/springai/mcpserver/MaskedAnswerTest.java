package dev.tollgate.springai.mcpserver;

import static dev.tollgate.springai.mcpserver.McpServerApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy masks does not leave the server in any part of a result. */
@Timeout(60)
class MaskedAnswerTest {
  private final RecordingAuditSink audit = new RecordingAuditSink();
  private final ScriptedPolicy masking =
      ScriptedPolicy.of(
          request ->
              new Decision.Permit(
                  new Basis("scripted", "r1", List.of("hides")),
                  List.of(new Obligation.MaskResult(Set.of("iban")))));

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void a_masked_result_leaves_without_what_it_hides(ServerKind kind) {
    try (McpServerApp app = McpServerApp.start(kind, TestGates.gate(masking, audit).build())) {
      CallToolResult lookup = app.call("lookup", Map.of());
      assertThat(text(lookup)).isEqualTo("{\"iban\":\"***\",\"name\":\"Landlord\"}");
      assertThat(lookup.isError()).isFalse();
      CallToolResult account = app.call("account", Map.of());
      assertThat(account.isError()).isFalse();
      assertThat(account.structuredContent()).isEqualTo(Map.of("iban", "***", "name", "Landlord"));
      assertThat(text(account)).isEqualTo("{\"iban\":\"***\",\"name\":\"Landlord\"}");
      CallToolResult breaks = app.call("breaks", Map.of());
      assertThat(breaks.isError()).isTrue();
      assertThat(breaks.toString()).contains("result_unmaskable").doesNotContain("DE02");
      CallToolResult fails = app.call("fails", Map.of());
      assertThat(fails.isError()).isTrue();
      assertThat(fails.toString()).doesNotContain("DE02");
      CallToolResult picture = app.call("picture", Map.of());
      assertThat(picture.isError()).isTrue();
      assertThat(picture.toString()).contains("result_unmaskable").doesNotContain("AAAA");
      assertThat(app.runs.all()).hasSize(5);
      assertThat(audit.records(AuditRecord.ResultMasked.class)).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void what_nobody_masks_leaves_as_the_tool_made_it(ServerKind kind) {
    try (McpServerApp app =
            McpServerApp.start(kind, TestGates.gate(ScriptedPolicy.permitAll(), audit).build());
        McpServerApp bare =
            McpServerApp.start(
                kind,
                TestGates.gate(ScriptedPolicy.permitAll(), audit).build(),
                List.of("tollgate.enabled=false"))) {
      for (String tool : List.of("lookup", "account", "picture")) {
        assertThat(app.call(tool, Map.of())).isEqualTo(bare.call(tool, Map.of()));
      }
    }
  }
}
