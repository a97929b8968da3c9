package dev.tollgate.springai.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.testkit.TestKeys;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskThreadLocalAccessorTest {
  @Test
  void context_propagation_finds_it_and_leaves_nothing_behind() {
    try (ToolGate gate = ToolGate.builder().keys(TestKeys.inMemory()).build();
        Scope carried =
            CarriedTask.put(gate.startTask(Intent.human("read it"), null, null, null))) {
      Task here = CarriedTask.onThread();
      var snapshot = ContextSnapshotFactory.builder().build().captureAll();
      assertThat(
              CompletableFuture.supplyAsync(
                      () -> {
                        try (var restored = snapshot.setThreadLocals()) {
                          return Objects.equals(CarriedTask.onThread(), here);
                        } finally {
                          assertThat(CarriedTask.onThread()).isNull();
                        }
                      })
                  .join())
          .isTrue();
    }
    assertThat(CarriedTask.onThread()).isNull();
  }
}
