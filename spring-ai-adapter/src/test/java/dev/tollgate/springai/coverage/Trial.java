package dev.tollgate.springai.coverage;

import dev.tollgate.springai.ApprovedCalls;
import dev.tollgate.testkit.coverage.CoverageGate;
import dev.tollgate.testkit.coverage.CoverageTrial;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.ai.tool.ToolCallback;

/** One path in one case, on a stage that others were on before. */
record Trial(Stage stage, CoverageTrial counted) {
  String body() {
    return counted.body();
  }

  /** The next calls are those that the trial is about. */
  void arm() {
    counted.arm();
  }

  <T> T inTask(Callable<T> work) throws Exception {
    return counted.inTask(work);
  }

  /** The model's next turn asks for the tool; before it, it has said nothing. */
  void modelActs(String tool) {
    stage.script().acts(this, tool);
  }

  /** A person approves what waits, and the application resumes it with these tools. */
  void resume(List<ToolCallback> tools) {
    ApprovedCalls calls = stage.agents().getBean(ApprovedCalls.class);
    counted.approve(id -> calls.resume(id, CoverageGate.ALICE, tools));
  }
}
