package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.asks;
import static dev.tollgate.langchain4j.ScriptedModel.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.resourcesastools.DefaultMcpResourcesAsToolsPresenter;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.IllegalConfigurationException;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.tool.McpToolList;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which server a tool comes from is known from the client that will be asked. */
@Timeout(60)
class McpSourcesTest {
  interface Assistant {
    String chat(String message);
  }

  private McpHttpPeer docs;
  private McpHttpPeer wiki;

  @BeforeEach
  void serve() throws IOException {
    docs = new McpHttpPeer(new McpPeer("search"));
    wiki = new McpHttpPeer(new McpPeer("search", "edit"));
  }

  @AfterEach
  void stop() {
    docs.close();
    wiki.close();
  }

  private static void chat(ToolProvider provider, String... tools) {
    AiMessage[] script = new AiMessage[tools.length + 1];
    for (int i = 0; i < tools.length; i++) {
      script[i] = asks(call("c" + i, tools[i], "{\"text\":\"x\"}"));
    }
    script[tools.length] = AiMessage.from("done");
    AiServices.builder(Assistant.class)
        .chatModel(ScriptedModel.plays(script))
        .toolProviders(provider)
        .build()
        .chat("go");
  }

  private static McpToolProvider.Builder of(McpClient... clients) {
    return McpToolProvider.builder()
        .mcpClients(clients)
        .toolNameMapper((client, tool) -> client.key() + "_" + tool.name());
  }

  @Test
  void everyToolNamesItsServerAlsoUnderAnotherName() throws Exception {
    try (Gated gated = Gated.permitting();
        McpClient one = docs.client("docs");
        McpClient two = wiki.client("wiki")) {
      chat(of(one, two).build(), "docs_search", "wiki_search", "wiki_edit");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::source)
          .containsExactly("mcp:docs", "mcp:wiki", "mcp:wiki");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::remoteName)
          .containsExactly("search", "search", "edit");
      assertThat(docs.peer.called()).containsExactly("search");
      assertThat(wiki.peer.called()).containsExactly("search", "edit");
    }
  }

  /** Its key is another at each start, which no lock could hold. */
  @Test
  void aClientThatNobodyNamedIsNoServerOfItsOwn() throws Exception {
    try (Gated gated = Gated.permitting();
        McpClient unnamed = docs.client(null)) {
      chat(McpToolProvider.builder().mcpClients(unnamed).build(), "search");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::source)
          .containsExactly("langchain4j");
    }
  }

  @Test
  void whatIsWrappedKeepsItsServerWithOneLine() throws Exception {
    try (Gated gated = Gated.permitting();
        McpClient one = docs.client("docs")) {
      ToolExecutor[] seen = new ToolExecutor[1];
      chat(
          McpToolProvider.builder()
              .mcpClients(one)
              .toolWrapper(tool -> (request, memoryId) -> tool.execute(request, memoryId))
              .build(),
          "search");
      chat(
          McpToolProvider.builder()
              .mcpClients(one)
              .toolWrapper(
                  TollgateLangChain4j.keepingSource(
                      tool -> {
                        seen[0] = tool;
                        return (request, memoryId) -> tool.execute(request, memoryId);
                      }))
              .build(),
          "search");
      assertThat(gated.proposed())
          .extracting(AuditRecord.Proposed::source)
          .containsExactly("langchain4j", "mcp:docs");
      assertThat(seen[0]).isNotNull();
      assertThat(docs.peer.called()).hasSize(2);
    }
  }

  /** A lock of an earlier version, or a server that takes another's place: not by silence. */
  @Test
  void aLockHoldsToolsOfOneServerOnly() throws Exception {
    try (McpClient one = docs.client("docs");
        McpClient other = wiki.client("wiki")) {
      ToolProvider docsTools = McpToolProvider.builder().mcpClients(one).build();
      List<ToolDefinition> listed =
          McpToolList.read(TollgateLangChain4j.toolList(docsTools), "nowhere");
      assertThat(listed)
          .singleElement()
          .satisfies(t -> assertThat(t.source()).isEqualTo("mcp:docs"));
      List<ToolDefinition> earlier =
          McpToolList.read(TollgateLangChain4j.toolList(one.listTools()), "nowhere");
      ToolManifest manifest =
          ToolManifest.parse(
              "version: tollgate/manifest/v1\ntools: [{name: search, effect: read}]", "m");
      try (Gated gated =
          Gated.by(
              ScriptedPolicy.permitAll(),
              gate -> gate.manifest(manifest.locked(ToolLock.of(listed))))) {
        chat(docsTools, "search");
        chat(McpToolProvider.builder().mcpClients(other).build(), "search");
        assertThat(gated.reasons()).containsExactly("", "tool_not_locked");
      }
      try (Gated gated =
          Gated.by(
              ScriptedPolicy.permitAll(),
              gate -> gate.manifest(manifest.locked(ToolLock.of(earlier))))) {
        chat(docsTools, "search");
        assertThat(gated.reasons()).containsExactly("tool_not_locked");
      }
      assertThat(docs.peer.called()).hasSize(1);
      assertThat(wiki.peer.called()).isEmpty();
    }
  }

  /** What the framework itself refuses needs no gate; if that ever changes this tells. */
  @Test
  void theFrameworkRefusesTwoServersWithToolsOfOneName() throws Exception {
    try (Gated gated = Gated.permitting();
        McpClient one = docs.client("docs");
        McpClient two = wiki.client("wiki")) {
      ToolProvider both = McpToolProvider.builder().mcpClients(one, two).build();
      assertThatThrownBy(() -> chat(both, "search"))
          .isInstanceOf(IllegalConfigurationException.class)
          .hasMessageContaining("search");
      assertThat(gated.reasons()).isEmpty();
    }
  }

  @Test
  void resourcesAsToolsPassTheGate() throws Exception {
    try (Gated gated = Gated.denying("get_resource");
        McpClient one = docs.client("docs")) {
      ToolProvider provider =
          McpToolProvider.builder()
              .mcpClients(one)
              .resourcesAsToolsPresenter(DefaultMcpResourcesAsToolsPresenter.builder().build())
              .build();
      AiServices.builder(Assistant.class)
          .chatModel(
              ScriptedModel.plays(
                  asks(call("1", "list_resources", "{}")),
                  asks(
                      call(
                          "2",
                          "get_resource",
                          "{\"mcpServer\":\"docs\",\"uri\":\"file:///plan\"}")),
                  AiMessage.from("done")))
          .toolProviders(provider)
          .build()
          .chat("go");
      assertThat(gated.reasons()).containsExactly("", "policy_forbidden");
      assertThat(docs.peer.received("resources/list")).hasSize(1);
      assertThat(docs.peer.received("resources/read")).isEmpty();
    }
  }
}
