package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.Waiting.ALICE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.invocation.InvocationContext;
import dev.tollgate.ToolResult;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Denied;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.ToolDefinition;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that an aspect stopped and that waits for a person, while the run around it may end. */
@Timeout(60)
class WovenWaitTest {
  private static final String SEND = "{\"to\":\"bob\",\"text\":\"x\"}";
  private final Office office = new Office();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsAfterTheAnswerOnlyIfItsRunStillGoesOn(boolean ended) throws Exception {
    AdapterSettings settings =
        new AdapterSettings(Strictness.TRUE, Denied.RESULT, Duration.ofSeconds(30), true);
    try (Gated gated = Gated.by(Waiting.policy("send"), settings, Waiting::asked)) {
      InvocationContext invocation =
          InvocationContext.builder().invocationId(UUID.randomUUID()).build();
      CarriedTasks tasks = requireNonNull(TollgateLangChain4j.installation()).tasks();
      tasks.begin(invocation, gated.gate.startTask(Intent.human("go"), null, ALICE, null));
      ToolDefinition definition =
          ApprovedCall.toolsOf(office).keySet().stream()
              .filter(tool -> tool.name().equals("send"))
              .map(tool -> ToolDefinitions.of(tool, ToolOrigin.LANGCHAIN4J))
              .findFirst()
              .orElseThrow();
      WovenPassage passage =
          new WovenPassage(gate -> gate.describe(definition), SEND, null, invocation);
      CompletableFuture<ToolResult> result =
          CompletableFuture.supplyAsync(
              () -> passage.pass(arguments -> ToolResult.returned(office.send("bob", "x"))));
      while (requireNonNull(gated.gate.approvals()).pending("acme").isEmpty()) {
        Thread.sleep(5);
      }
      if (ended) {
        tasks.end(invocation, gated.gate);
      }
      String id = Waiting.approved(gated.gate);
      ToolResult last = result.get(20, TimeUnit.SECONDS);
      assertThat(last).isInstanceOf(ended ? ToolResult.Denied.class : ToolResult.Returned.class);
      assertThat(office.ran).hasSize(ended ? 0 : 1);
      // What was approved and did not run can still be resumed.
      assertThat(TollgateLangChain4j.resume(id, ALICE, office))
          .contains(ended ? "sent to bob" : "approval_used");
    }
  }
}
