package dev.tollgate.langchain4j.coverage;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import dev.tollgate.testkit.coverage.CoverageCase;
import dev.tollgate.testkit.coverage.CoverageGate;
import dev.tollgate.testkit.coverage.CoverageManifest;
import dev.tollgate.testkit.coverage.CoverageTrial;
import dev.tollgate.testkit.coverage.CoverageVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** One path in one case, with a gate of its own, which is installed. */
final class Trial implements AutoCloseable {
  private final CoverageGate gate;
  private final CoverageTrial trial;

  Trial(CoverageCase given, Path folder) {
    this.gate =
        new CoverageGate(
            folder,
            CoverageManifest.of(
                Deed.NAME, "tool_search_tool", "activate_skill", "list_resources", "get_resource"));
    this.trial = gate.begin(given);
    TollgateLangChain4j.install(gate.gate());
  }

  String body() {
    return trial.body();
  }

  void arm() {
    trial.arm();
  }

  <T> T inTask(Callable<T> work) throws Exception {
    return trial.inTask(work);
  }

  /** A person approves what waits, and the application resumes it with these tools. */
  void resume(Map<ToolSpecification, ToolExecutor> tools) {
    trial.approve(id -> TollgateLangChain4j.resume(id, CoverageGate.ALICE, tools));
  }

  int ran() {
    return trial.ran();
  }

  /** Ends the gate and judges by what the audit has, which must be whole. */
  CoverageVerdict verdict(int ranAtFirst) throws IOException {
    trial.end();
    close();
    return trial.verdict(ranAtFirst, gate.evidence(trial));
  }

  @Override
  public void close() {
    TollgateLangChain4j.uninstall();
    gate.close();
  }
}
