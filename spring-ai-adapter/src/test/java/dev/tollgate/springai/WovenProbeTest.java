package dev.tollgate.springai;

import static dev.tollgate.springai.ScriptedModel.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.spring.CoveredPath.Standing;
import dev.tollgate.springai.weave.Weaving;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;

/** What the start says about the weaver; runs with it and without it. */
@Tag("woven")
class WovenProbeTest {
  private static final boolean WOVEN = Boolean.getBoolean("woven");
  private final Application app = Application.permitting();
  private final ScriptedModel model = ScriptedModel.asking(tool("read"));

  @Test
  void the_proof_answers_where_it_is_woven_and_only_there() {
    assertThat(Weaving.active()).isEqualTo(WOVEN);
  }

  @Test
  void strict_woven_starts_only_with_the_weaver() {
    app.with(model)
        .withPropertyValues("tollgate.strict=woven")
        .run(
            context -> {
              if (WOVEN) {
                assertThat(context).hasNotFailed();
              } else {
                assertThat(context).getFailure().hasMessageContaining("no aspect is woven");
              }
            });
  }

  @Test
  void the_probe_takes_a_denial_that_ends_the_run_for_a_denial() {
    app.with(model)
        .withPropertyValues("tollgate.denied=abort")
        .run(
            context ->
                assertThat(context.getBean(Coverage.class).paths())
                    .filteredOn(path -> path.path().contains("ChatClient.create"))
                    .extracting(path -> path.standing())
                    .isEqualTo(List.of(WOVEN ? Standing.COVERED : Standing.ESCAPES)));
  }

  @Test
  void paths_that_no_bean_sees_are_covered_where_they_are_woven() {
    app.with(model)
        .run(
            context ->
                assertThat(context.getBean(Coverage.class).paths())
                    .filteredOn(path -> path.path().contains("ChatClient.create"))
                    .extracting(path -> path.standing())
                    .isEqualTo(List.of(WOVEN ? Standing.COVERED : Standing.ESCAPES)));
  }

  @Test
  void a_client_or_advisor_with_a_manager_of_its_own_starts_only_where_it_is_woven() {
    app.with(model)
        .withBean("byHand", ChatClient.class, () -> ChatClient.create(model))
        .withBean(ToolCallingAdvisor.class, () -> ToolCallingAdvisor.builder().build())
        .run(
            context -> {
              if (WOVEN) {
                assertThat(context).hasNotFailed();
              } else {
                assertThat(context).getFailure().hasMessageContaining("ChatClient byHand");
              }
            });
  }

  @Test
  void an_advisor_among_the_defaults_of_a_client_is_looked_at() {
    app.with(model)
        .withBean(
            "own",
            ChatClient.class,
            () ->
                ChatClient.builder(model)
                    .defaultAdvisors(ToolCallingAdvisor.builder().build())
                    .build())
        .run(
            context -> {
              if (WOVEN) {
                assertThat(context).hasNotFailed();
              } else {
                assertThat(context).getFailure().hasMessageContaining("ChatClient own");
              }
            });
  }

  @Test
  void a_weaver_that_leaves_spring_ai_out_is_found() {
    WovenProbe left = new WovenProbe(() -> true, body -> body.apply("ran"));
    assertThat(left.failure()).contains("org.springframework.ai..*");
    WovenProbe failing =
        new WovenProbe(
            () -> true,
            body -> {
              throw new IllegalStateException("the body");
            });
    assertThat(failing.failure()).contains("org.springframework.ai..*");
  }
}
