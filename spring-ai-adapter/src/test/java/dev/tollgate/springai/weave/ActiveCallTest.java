package dev.tollgate.springai.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

class ActiveCallTest {
  private final ToolCallback pay =
      FunctionToolCallback.builder("pay", (String what) -> "paid")
          .description("Pays")
          .inputType(String.class)
          .build();

  @Test
  void work_that_runs_again_makes_calls_of_its_own() throws Exception {
    Callable<Boolean> again;
    try (ActiveCall active = ActiveCall.of(pay)) {
      again = ActiveCall.carried(() -> ActiveCall.continues(pay, "{}"));
      assertThat(ActiveCall.continues(pay, "{}")).isFalse(); // handed on
    }
    assertThat(again.call()).isTrue();
    assertThat(again.call()).isFalse();
    assertThat(ActiveCall.continues(pay, "{}")).isFalse();
  }

  @Test
  void what_was_handed_on_to_one_thread_is_not_handed_on_to_another() throws Exception {
    Callable<Boolean> second;
    try (ActiveCall active = ActiveCall.of(pay)) {
      Callable<Boolean> first = ActiveCall.carried(() -> ActiveCall.continues(pay, "{}"));
      second = ActiveCall.carried(() -> ActiveCall.continues(pay, "{}"));
      assertThat(first.call()).isTrue();
    }
    assertThat(second.call()).isFalse();
  }
}
