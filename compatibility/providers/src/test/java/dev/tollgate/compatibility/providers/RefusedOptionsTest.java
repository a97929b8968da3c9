package dev.tollgate.compatibility.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.audit.AuditRecord;
import dev.tollgate.springai.ToolDeniedException;
import dev.tollgate.testkit.ScriptedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;

/** Wherever an option is set, the model is not asked if policy denies what the option names. */
class RefusedOptionsTest {
  static List<Option> options() {
    return Option.all();
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_a_request_is_refused(Option option) {
    refused(option, new CountingModel(option.plain()), builder -> builder, option::in);
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_a_clients_defaults_is_refused(Option option) {
    refused(
        option,
        new CountingModel(option.plain()),
        builder -> builder.defaultOptions(option.set()),
        ask -> ask);
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_of_the_models_own_defaults_is_refused(Option option) {
    refused(option, new CountingModel(option.set().build()), builder -> builder, ask -> ask);
  }

  private static void refused(
      Option option,
      CountingModel model,
      UnaryOperator<ChatClient.Builder> client,
      UnaryOperator<ChatClientRequestSpec> request) {
    Application app = new Application(ScriptedPolicy.denying(option.named()));
    app.run(
        model,
        builder -> {
          ChatClient agent = client.apply(builder).build();
          assertThatThrownBy(
                  () -> request.apply(agent.prompt().user("look it up")).call().content())
              .isInstanceOfSatisfying(
                  ToolDeniedException.class,
                  denied ->
                      assertThat(denied.denial().reason().code()).isEqualTo("policy_forbidden"));
          assertThatThrownBy(
                  () ->
                      request.apply(agent.prompt().user("look it up")).stream()
                          .content()
                          .collectList()
                          .block())
              .isInstanceOf(ToolDeniedException.class);
        });
    assertThat(model.asked()).hasValue(0);
    String asked = "provider " + option.named();
    assertThat(app.asked()).containsExactly(asked, asked);
    assertThat(app.audit.records(AuditRecord.Proposed.class))
        .filteredOn(call -> call.source().equals("provider"))
        .extracting(AuditRecord.Proposed::tool)
        .containsExactly(option.named(), option.named());
    assertThat(app.audit.records(AuditRecord.Decided.class))
        .filteredOn(decided -> decided.reason().equals("policy_forbidden"))
        .hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("options")
  void one_that_policy_permits_is_on_record_and_the_model_is_asked(Option option) {
    Application app = new Application(ScriptedPolicy.permitAll());
    CountingModel model = new CountingModel(option.plain());
    app.run(
        model,
        builder ->
            assertThat(option.in(builder.build().prompt().user("look it up")).call().content())
                .isEqualTo("answered"));
    assertThat(model.asked()).hasValue(1);
    assertThat(app.asked()).containsExactly("provider " + option.named());
  }

  @Test
  void the_page_lists_them() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(System.getProperty("threat-model.file")));
    int begin = lines.indexOf("<!-- provider options -->");
    assertThat(begin).isPositive();
    List<String> rows = lines.subList(begin + 3, lines.indexOf("<!-- end: provider options -->"));
    assertThat(rows).containsExactlyElementsOf(Option.rows());
  }
}
