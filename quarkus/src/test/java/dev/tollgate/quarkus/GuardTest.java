package dev.tollgate.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.Result;
import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.langchain4j.HostedGate;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestGates;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutorFactory;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Quarkus application. */
@QuarkusTest
@SuppressWarnings("NullAway") // what Quarkus injects
class GuardTest {
  @Inject Agents.Clerk clerk;
  @Inject Agents.BoxClerk boxClerk;
  @Inject Agents.ProviderClerk providerClerk;
  @Inject QuarkusToolExecutorFactory executors;

  @BeforeEach
  void nothingHappened() {
    FileTools.RAN.clear();
    TestGate.DENIED.clear();
    TestGate.AUDIT.entries().clear();
    ScriptedModel.tool = "delete";
    Rewriting.arguments = null;
  }

  private static Task lastTask() {
    var asked = TestGate.POLICY.asked();
    return asked.get(asked.size() - 1).get(0).task();
  }

  @Test
  void anAllowedCallRunsWithWhatTheUserAskedFor() {
    assertThat(clerk.chat("delete the file a")).isEqualTo("told: \"deleted\"");
    assertThat(FileTools.RAN).containsExactly("delete a");
    assertThat(lastTask().intent()).isEqualTo(Intent.human("delete the file a"));
    assertThat(lastTask().agent()).isEqualTo(AgentIdentity.of("Clerk"));
    assertThat(TestGate.AUDIT.records(AuditRecord.Outcome.class)).hasSize(1);
  }

  @Test
  void aDeniedCallDoesNotRunAndTheModelIsTold() {
    TestGate.DENIED.add("delete");
    assertThat(clerk.chat("delete the file a")).contains("policy_forbidden");
    assertThat(FileTools.RAN).isEmpty();
  }

  @Test
  void toolsOfOneMethodAreGuarded() {
    TestGate.DENIED.add("delete");
    assertThat(boxClerk.chat("delete the file a")).contains("policy_forbidden");
    TestGate.DENIED.clear();
    boxClerk.chat("delete the file a");
    assertThat(FileTools.RAN).containsExactly("delete a");
  }

  @Test
  void toolsOfAProviderAreGuarded() {
    ScriptedModel.tool = "shred";
    TestGate.DENIED.add("shred");
    assertThat(providerClerk.chat("shred the file a")).contains("policy_forbidden");
    assertThat(FileTools.RAN).isEmpty();
    TestGate.DENIED.clear();
    assertThat(providerClerk.chat("shred the file a")).isEqualTo("told: shredded");
    assertThat(FileTools.RAN).containsExactly("shred {\"file\":\"a\"}");
  }

  @Test
  void aDeniedImmediateToolDoesNotRunAndItsCallerGetsTheDenial() {
    ScriptedModel.tool = "read";
    TestGate.DENIED.add("read");
    Result<String> result = clerk.look("read the file a");
    assertThat(FileTools.RAN).isEmpty();
    assertThat(result.toolExecutions().get(0).result()).contains("policy_forbidden");
    TestGate.DENIED.clear();
    assertThat(clerk.look("read the file a").toolExecutions().get(0).result()).contains("text");
  }

  @Test
  void aStreamIsGuarded() {
    TestGate.DENIED.add("delete");
    List<String> denied =
        clerk.stream("delete the file a").collect().asList().await().indefinitely();
    assertThat(String.join("", denied)).contains("policy_forbidden");
    assertThat(FileTools.RAN).isEmpty();
    TestGate.DENIED.clear();
    clerk.stream("delete the file a").collect().asList().await().indefinitely();
    assertThat(FileTools.RAN).containsExactly("delete a");
    assertThat(lastTask().intent()).isEqualTo(Intent.human("delete the file a"));
  }

  @Test
  void aTokenStreamCarriesNoTaskToItsToolsAndIsDenied() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    clerk
        .tokens("delete the file a")
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    assertThat(answer.get(1, TimeUnit.MINUTES)).contains("task_missing");
    assertThat(FileTools.RAN).isEmpty();
  }

  @Test
  void whatAnotherWrapperMakesOfARequestIsWhatIsDecidedOn() {
    Rewriting.arguments = "{\"file\":\"/etc\"}";
    clerk.chat("delete the file a");
    assertThat(FileTools.RAN).containsExactly("delete /etc");
    var asked = TestGate.POLICY.asked();
    assertThat(asked.get(asked.size() - 1).get(0).arguments().toString()).contains("/etc");
  }

  @Test
  void aMadeUpNameRunsNothing() {
    ScriptedModel.tool = "format";
    assertThatThrownBy(() -> clerk.chat("format the disk"))
        .hasMessageContaining("no such tool exists");
    assertThat(FileTools.RAN).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"tollgate.denied,abort", "tollgate.approval.wait,30s", "tollgate.strict,woven"})
  void whatCannotBeDoneHereIsRefused(String key, String value) {
    try (ToolGate gate = TestGates.gate(TestGate.POLICY, TestGate.AUDIT).build()) {
      AdapterSettings asked = AdapterSettings.from(new Settings(Map.of(key, value)));
      assertThatThrownBy(() -> new HostedGate(gate, asked))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void aProviderThatNoBeanCanStandBeforeStopsAStrictStart() {
    assertThatThrownBy(
            () -> new Coverage(executors, new Settings(Map.of())).check(new StartupEvent()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OwnProviderClerk names a toolProviderSupplier")
        .hasMessageNotContaining("probe");
  }
}
