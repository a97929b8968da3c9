package dev.tollgate.quarkus;

import dev.tollgate.config.AdapterSettings;
import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.config.Settings;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.runtime.AiServicesRecorder;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutorFactory;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once at start what is covered, and in strict mode stops the start where something is not.
 */
@Singleton
class Coverage {
  private static final Logger log = LoggerFactory.getLogger(Coverage.class);
  private final QuarkusToolExecutorFactory executors;
  private final boolean strict;
  private final List<String> lines = new ArrayList<>();
  private final List<String> uncovered = new ArrayList<>();

  @Inject
  Coverage(QuarkusToolExecutorFactory executors, Settings settings) {
    this.executors = executors;
    this.strict = AdapterSettings.from(settings).strictness() != Strictness.REPORT;
  }

  void check(@Observes StartupEvent start) throws ClassNotFoundException {
    note("@Tool methods", Probe.failure(executors), "guarded, a probe call was denied");
    lines.add("the ToolProvider bean: guarded");
    for (String name : new TreeSet<>(AiServicesRecorder.getMetadata().keySet())) {
      note("AI service " + name, ownProvider(name), "guarded");
    }
    lines.add(
        "never covered, and without credentials: a ToolProvider that code gives to a builder; tool"
            + " executors and MCP clients that code calls itself");
    report();
  }

  /** A supplier that an AI service names itself hands its tools over where no bean can stand. */
  private static @Nullable String ownProvider(String aiService) throws ClassNotFoundException {
    RegisterAiService settings =
        Thread.currentThread()
            .getContextClassLoader()
            .loadClass(aiService)
            .getAnnotation(RegisterAiService.class);
    if (settings == null
        || settings.toolProviderSupplier()
            == RegisterAiService.BeanIfExistsToolProviderSupplier.class
        || settings.toolProviderSupplier() == RegisterAiService.NoToolProviderSupplier.class) {
      return null;
    }
    return "names a toolProviderSupplier, whose tools do not pass the gate: make its ToolProvider a"
        + " bean instead";
  }

  private void note(String what, @Nullable String failure, String fine) {
    lines.add(what + ": " + (failure == null ? fine : "NOT COVERED, " + failure));
    if (failure != null) {
      uncovered.add(what + " " + failure);
    }
  }

  private void report() {
    String report = String.join("\n  ", lines);
    if (uncovered.isEmpty()) {
      log.info("Tollgate guards the tool calls of this application:\n  {}", report);
    } else if (strict) {
      throw new IllegalStateException(
          "Tollgate does not cover every tool call: "
              + String.join("; ", uncovered)
              + ". tollgate.strict=report accepts the gap");
    } else {
      log.warn(
          "Tollgate does NOT guard every tool call of this application (tollgate.strict=report):"
              + "\n  {}",
          report);
    }
  }
}
