package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallAdvisor;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nothing but the dependency and its settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class OfficeTest {
  private @org.jspecify.annotations.Nullable Office opened;
  private String started = "";

  @BeforeAll
  void open(@TempDir Path folder, CapturedOutput output) throws Exception {
    opened = Office.open(folder);
    started = output.getAll();
  }

  @AfterAll
  void close() {
    office().close();
  }

  @BeforeEach
  void forget() {
    office().files().ran().clear();
    office().model.forget();
  }

  private Office office() {
    return Objects.requireNonNull(opened);
  }

  private ChatClient.ChatClientRequestSpec asking(String... calls) {
    office().model.asks(calls);
    return office().client().prompt().user("tidy up my files").tools(office().files());
  }

  private static String call(ChatClient.ChatClientRequestSpec request) {
    return Objects.requireNonNull(request.call().content());
  }

  private static String stream(ChatClient.ChatClientRequestSpec request) {
    return request.stream().content().toStream().collect(Collectors.joining());
  }

  @Test
  void this_is_the_line_before() {
    assertThat(SpringBootVersion.getVersion()).startsWith("3.5.");
  }

  @Test
  void the_start_says_what_is_covered() {
    assertThat(started)
        .contains("Tollgate guards the tool calls of Spring AI in this application:")
        .contains("ToolCallingManager toolCallingManager: guarded, a probe call was denied")
        .contains("ChatModel chatModel: uses a guarded manager")
        .contains("ChatClient.Builder chatClientBuilder: customized, captures the intent");
  }

  @Test
  void the_model_runs_what_the_policy_permits_and_is_told_of_the_rest() {
    String answer = call(asking("readFile {\"file\":\"a\"}", "deleteFile {\"file\":\"b\"}"));
    assertThat(answer).startsWith("\"done: read a\" | {\"error\":\"denied\"");
    assertThat(office().files().ran()).containsExactly("read a");
  }

  @Test
  void streaming_too() {
    String answer = stream(asking("readFile {\"file\":\"a\"}", "deleteFile {\"file\":\"b\"}"));
    assertThat(answer).contains("\"done: read a\" | {\"error\":\"denied\"");
    assertThat(office().files().ran()).containsExactly("read a");
  }

  /** The model is asked for the second time on a thread that carries no task. */
  @Test
  void what_no_call_could_be_permitted_of_is_offered_in_no_round() {
    assertThat(call(asking("readFile {\"file\":\"a\"}"))).contains("done: read a");
    assertThat(stream(asking("readFile {\"file\":\"b\"}"))).contains("done: read b");
    assertThat(office().model.offers())
        .hasSize(4)
        .allSatisfy(offer -> assertThat(offer).containsExactly("readFile"));
  }

  @Test
  void a_function_bean_that_the_model_names_without_being_offered_it_does_not_run() {
    assertThat(call(asking("shredFolder {\"name\":\"a\"}"))).contains("\"error\":\"denied\"");
    assertThat(stream(asking("shredFolder {\"name\":\"a\"}"))).contains("\"error\":\"denied\"");
    assertThat(office().files().ran()).isEmpty();
  }

  @Test
  void a_function_bean_that_is_offered_by_its_name_runs_if_the_policy_permits_it() {
    assertThat(call(asking("countFiles {\"name\":\"a\"}").toolNames("countFiles")))
        .isEqualTo("\"done: count a\"");
    assertThat(office().model.offered()).contains("countFiles", "readFile");
    assertThat(stream(asking("countFiles {\"name\":\"b\"}").toolNames("countFiles")))
        .contains("\"done: count b\"");
    assertThat(office().files().ran()).containsExactly("count a", "count b");
  }

  @Test
  void an_advisor_that_drops_the_history_keeps_the_intent() {
    var advisor =
        ToolCallAdvisor.builder()
            .toolCallingManager(office().context.getBean(ToolCallingManager.class))
            .conversationHistoryEnabled(false)
            .build();
    assertThat(call(asking("readFile {\"file\":\"a\"}").system("be kind").advisors(advisor)))
        .contains("done: read a");
    assertThat(stream(asking("readFile {\"file\":\"b\"}").system("be kind").advisors(advisor)))
        .contains("done: read b");
    assertThat(call(asking("deleteFile {\"file\":\"c\"}").system("be kind").advisors(advisor)))
        .contains("\"error\":\"denied\"");
    assertThat(office().files().ran()).containsExactly("read a", "read b");
  }

  @Test
  void a_client_made_by_hand_around_the_model_passes_the_gate_without_an_intent() {
    office().model.asks("readFile {\"file\":\"a\"}");
    ChatClient client = ChatClient.create(office().context.getBean(OpenAiChatModel.class));
    assertThat(call(client.prompt().user("read it").tools(office().files())))
        .contains("\"error\":\"denied\"");
    assertThat(office().files().ran()).isEmpty();
  }
}
