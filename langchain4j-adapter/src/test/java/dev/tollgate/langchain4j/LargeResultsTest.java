package dev.tollgate.langchain4j;

import static dev.tollgate.langchain4j.ScriptedModel.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.audit.AuditRecord;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a tool returns is not copied on its way out, however much it is. */
class LargeResultsTest {
  private static final int SIZE = 50 * 1024 * 1024;

  interface Assistant {
    String chat(String message);
  }

  private record Returning(Supplier<ToolExecutionResult> result) implements ToolExecutor {
    @Override
    public ToolExecutionResult executeWithContext(
        dev.langchain4j.agent.tool.ToolExecutionRequest request, InvocationContext context) {
      return result.get();
    }

    @Override
    public String execute(
        dev.langchain4j.agent.tool.ToolExecutionRequest request, Object memoryId) {
      throw new IllegalStateException("the framework hands over a context");
    }
  }

  /** Memory that one gated call of a tool with this result takes, in bytes. */
  private static long allocated(ToolExecutionResult result) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    GuardedToolService service =
        (GuardedToolService) TollgateLangChain4j.contextFor(Assistant.class).toolService;
    service.tools(Map.of(Specifications.named("big"), new Returning(() -> result)));
    InvocationContext invocation =
        InvocationContext.builder().invocationId(java.util.UUID.randomUUID()).build();
    ToolExecutor guarded =
        requireNonNull(
            service
                .createContext(
                    invocation, dev.langchain4j.data.message.UserMessage.from("go"), List.of())
                .toolExecutors()
                .get("big"));
    try (var task =
        TollgateLangChain4j.gate()
            .startTask(dev.tollgate.task.Intent.human("go"), null, null, null)
            .open()) {
      guarded.executeWithContext(call("0", "big", "{}"), null); // loads classes
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(guarded.executeWithContext(call("1", "big", "{}"), null)).isSameAs(result);
      return threads.getCurrentThreadAllocatedBytes() - before;
    }
  }

  @Test
  void fiftyMegabytesOfTextPassWithoutACopy() {
    try (Gated gated = Gated.permitting()) {
      String text = "x".repeat(SIZE);
      long taken = allocated(ToolExecutionResult.builder().resultText(text).build());
      assertThat(taken).isLessThan(1024 * 1024);
      List<AuditRecord.Outcome> outcomes = gated.audit.records(AuditRecord.Outcome.class);
      assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.length() == SIZE);
      assertThat(outcomes.get(0).result()).hasSizeLessThan(100).startsWith("hmac-sha256:");
      assertThat(gated.audit.entries().toString()).hasSizeLessThan(20_000);
    }
  }

  @Test
  void binaryResultsPassAsTheyAre() {
    try (Gated gated = Gated.permitting()) {
      Content image = ImageContent.from("A".repeat(SIZE), "image/png");
      List<Content> both = List.of(TextContent.from("a picture"), image);
      long taken = allocated(ToolExecutionResult.builder().resultContents(both).build());
      assertThat(taken).isLessThan(1024 * 1024);
      long alone = allocated(ToolExecutionResult.builder().resultContents(List.of(image)).build());
      assertThat(alone).isLessThan(1024 * 1024);
      assertThat(gated.audit.records(AuditRecord.Outcome.class))
          .extracting(AuditRecord.Outcome::length)
          .containsExactly(9, 9, 0, 0);
    }
  }
}
