package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.mcp.resourcesastools.DefaultMcpResourcesAsToolsPresenter;
import dev.langchain4j.service.AiServices;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.delegation.Grant;
import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.mcp.TollgateMcp;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at an MCP server, and when. */
@Timeout(60)
class McpWireTest {
  private static final String TEXT = "{\"text\":\"x\"}";
  private static final Grant TO_DOCS = Grant.to("docs").tools("search").calls(3);

  interface Assistant {
    String chat(String message);
  }

  private final CountingIssuer issuer = new CountingIssuer();
  private McpHttpPeer server;
  private McpHttpPeer stranger;

  @BeforeEach
  void serve() throws IOException {
    server = new McpHttpPeer(new McpPeer("search", "free", "slow"));
    stranger = new McpHttpPeer(new McpPeer("other"));
  }

  @AfterEach
  void stop() {
    server.close();
    stranger.close();
  }

  private static ListedTool listed(String name, CredentialNeed need) {
    return new ListedTool(
        name,
        null,
        Effect.READ,
        Map.of(),
        "docs",
        Sensitivity.INTERNAL,
        ResultTrust.UNTRUSTED,
        null,
        need);
  }

  private Gated gated() {
    CredentialNeed need =
        new CredentialNeed(
            "docs", Set.of("read"), URI.create(server.origin()), CredentialNeed.DEFAULT_LIFETIME);
    ToolManifest manifest =
        new ToolManifest(
            List.of(
                listed("search", need),
                listed("slow", need),
                listed("other", need),
                listed("get_resource", need)));
    return Gated.by(
        ScriptedPolicy.permitAll(), gate -> gate.manifest(manifest).credentials(issuer, issuer));
  }

  private static McpClient client(McpHttpPeer of, TollgateMcp mcp) {
    return DefaultMcpClient.builder()
        .key("docs")
        .transport(of.transport().customHeaders(mcp.headers()).build())
        .metaSupplier(mcp.meta())
        .toolExecutionTimeout(Duration.ofSeconds(2))
        .autoHealthCheck(false)
        .build();
  }

  private static void chat(McpClient client, ToolExecutionRequest... calls) {
    List<AiMessage> script = new ArrayList<>();
    for (ToolExecutionRequest one : calls) {
      script.add(asks(one));
    }
    script.add(AiMessage.from("done"));
    AiServices.builder(Assistant.class)
        .chatModel(ScriptedModel.plays(script.toArray(AiMessage[]::new)))
        .toolProviders(
            McpToolProvider.builder()
                .mcpClients(client)
                .resourcesAsToolsPresenter(DefaultMcpResourcesAsToolsPresenter.builder().build())
                .build())
        .build()
        .chat("go");
  }

  @Test
  void eachCallTakesItsOwnCredentialAndNothingElseDoes() throws Exception {
    TollgateMcp docs = TollgateMcp.server(server.url());
    try (Gated gated = gated();
        McpClient client = client(server, docs)) {
      chat(
          client,
          call("1", "search", TEXT),
          call("2", "free", TEXT),
          call("3", "list_resources", "{}"),
          call("4", "get_resource", "{\"mcpServer\":\"docs\",\"uri\":\"file:///plan\"}"),
          call("5", "search", TEXT));
      client.executeTool(call("6", "search", TEXT)); // outside a call
      client.checkHealth();
      assertThat(
              server.got.stream()
                  .filter(got -> got.authorization() != null)
                  .map(got -> got.method() + " " + got.authorization()))
          .containsExactly(
              "tools/call Bearer token-1",
              "resources/read Bearer token-2",
              "tools/call Bearer token-3");
      assertThat(server.got).hasSizeGreaterThan(8).allMatch(got -> got.delegation() == null);
      assertThat(server.peer.received).noneMatch(one -> one.at("/params").has("_meta"));
      assertThat(issuer.revoked()).containsExactly("token-1", "token-2", "token-3");
      assertThat(gated.outcomes()).hasSize(5).containsOnly("returned");
      assertThat(gated.audit.entries().toString()).doesNotContain("token-1");
    }
  }

  /** The line is for one server: at another's builder it hands over nothing. */
  @Test
  void aCredentialGoesToItsOriginOnly() throws Exception {
    try (Gated gated = gated();
        McpClient client = client(stranger, TollgateMcp.server(stranger.url()))) {
      chat(client, call("1", "other", TEXT));
      assertThat(gated.outcomes()).containsExactly("returned");
      assertThat(issuer.revoked()).containsExactly("token-1");
      assertThat(stranger.got).hasSizeGreaterThan(2).allMatch(got -> got.authorization() == null);
    }
  }

  @Test
  void aServerThatIsAnAgentGetsADelegationThatItCanAccept() throws Exception {
    TollgateMcp docs = TollgateMcp.server(server.url()).delegating(TO_DOCS);
    try (Gated gated = gated();
        McpClient client = client(server, docs)) {
      chat(client, call("1", "free", TEXT), call("2", "free", TEXT));
      List<String> inHeaders =
          server.got.stream()
              .map(McpHttpPeer.Got::delegation)
              .filter(java.util.Objects::nonNull)
              .toList();
      assertThat(inHeaders).hasSize(2).doesNotHaveDuplicates();
      assertThat(server.peer.received("tools/call"))
          .extracting(one -> one.at("/params/_meta").path(TollgateMcp.META).asText())
          .isEqualTo(inHeaders);
      assertThat(server.peer.received).filteredOn(one -> one.at("/params").has("_meta")).hasSize(2);
      Task handed =
          gated
              .gate
              .delegations()
              .accept(inHeaders.get(0), Caller.of("acme", "alice"), AgentIdentity.of("docs"));
      assertThat(handed.delegation()).isInstanceOf(VerifiedDelegation.class);
      assertThat(((VerifiedDelegation) handed.delegation()).grant().tools())
          .containsExactly("search");
      assertThat(gated.audit.records(AuditRecord.Delegated.class)).hasSize(2);
    }
  }

  /** Then the server is not asked at all. */
  @Test
  void whatCannotBeHandedOnIsNotSent() throws Exception {
    TollgateMcp itself = TollgateMcp.server(server.url()).delegating(Grant.to("Assistant"));
    try (Gated gated = gated();
        McpClient client = client(server, itself)) {
      chat(client, call("1", "free", TEXT));
      assertThat(gated.outcomes()).containsExactly("failed");
      assertThat(server.peer.called()).isEmpty();
    }
  }

  /** The transport then begins a new session and sends again, on a thread of its HTTP client. */
  @Test
  void aRequestThatIsSentAgainTakesTheSameAlong() throws Exception {
    TollgateMcp docs = TollgateMcp.server(server.url()).delegating(TO_DOCS);
    try (Gated gated = gated();
        McpClient client = client(server, docs)) {
      server.forgetsTheSession();
      chat(client, call("1", "search", TEXT));
      List<McpHttpPeer.Got> calls =
          server.got.stream().filter(got -> got.method().equals("tools/call")).toList();
      assertThat(calls).hasSize(2);
      assertThat(calls.get(0).authorization()).isEqualTo("Bearer token-1");
      assertThat(calls.get(1)).isEqualTo(calls.get(0));
      assertThat(server.got)
          .filteredOn(got -> got.method().equals("initialize"))
          .hasSize(2)
          .allMatch(got -> got.authorization() == null && got.delegation() == null);
      assertThat(gated.outcomes()).containsExactly("returned");
    }
  }

  @Test
  void aTimeOutEndsTheCredential() throws Exception {
    try (Gated gated = gated();
        McpClient client = client(server, TollgateMcp.server(server.url()))) {
      chat(client, call("1", "slow", TEXT));
      assertThat(gated.outcomes()).containsExactly("unknown");
      assertThat(issuer.revoked()).containsExactly("token-1");
      assertThat(gated.audit.records(AuditRecord.CredentialEnded.class))
          .extracting(AuditRecord.CredentialEnded::end)
          .containsExactly("revoked");
      assertThat(server.got)
          .filteredOn(got -> got.method().equals("notifications/cancelled"))
          .allMatch(got -> got.authorization() == null);
    }
  }

  @Test
  void aChildProcessGetsTheDelegationInItsMessages(@TempDir Path folder) throws Exception {
    Path got = folder.resolve("got.jsonl");
    TollgateMcp peer = TollgateMcp.process().delegating(Grant.to("child").tools("echo"));
    try (Gated gated = Gated.permitting();
        McpClient client =
            DefaultMcpClient.builder()
                .key("child")
                .transport(
                    StdioMcpTransport.builder()
                        .command(
                            List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                McpPeer.class.getName(),
                                got.toString()))
                        .build())
                .metaSupplier(peer.meta())
                .progressHandler(progress -> {})
                .autoHealthCheck(false)
                .build()) {
      chat(client, call("1", "echo", TEXT));
      client.executeTool(call("2", "echo", TEXT)); // outside a call
      List<JsonNode> metas = new ArrayList<>();
      for (String line : Files.readAllLines(got)) {
        JsonNode message = McpPeer.JSON.readTree(line);
        if (message.at("/params/_meta").has(TollgateMcp.META)) {
          metas.add(message.at("/params/_meta"));
        }
      }
      assertThat(Files.readString(got)).contains("initialize", "tools/list");
      assertThat(metas).hasSize(1);
      assertThat(metas.get(0).has("progressToken")).isTrue();
      Task handed =
          gated
              .gate
              .delegations()
              .accept(
                  metas.get(0).get(TollgateMcp.META).asText(),
                  Caller.of("acme", "alice"),
                  AgentIdentity.of("child"));
      assertThat(handed.delegation()).isInstanceOf(VerifiedDelegation.class);
    }
  }
}
