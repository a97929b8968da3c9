package dev.tollgate.springai;

import dev.tollgate.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says once at start what is covered, proves it by a probe call through each manager, and in strict
 * mode stops the start when something that the container can see is not.
 */
final class Coverage implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(Coverage.class);
  private final ConfigurableListableBeanFactory beans;
  private final boolean strict;
  private final List<String> lines = new ArrayList<>();
  private final List<String> uncovered = new ArrayList<>();

  Coverage(ConfigurableListableBeanFactory beans, Settings settings) {
    this.beans = beans;
    this.strict =
        settings.oneOf("tollgate.strict", "true", "true", "report", "false").equals("true");
  }

  @Override
  public void afterSingletonsInstantiated() {
    VisibleBeans visible = new VisibleBeans(beans);
    visible
        .made(ToolCallingManager.class)
        .forEach(
            (name, manager) ->
                note(
                    "ToolCallingManager " + name,
                    guarded(manager) ? Probe.failure(manager) : "is not guarded",
                    "guarded, a probe call was denied"));
    visible.advisors().forEach((name, manager) -> inside("ToolCallingAdvisor " + name, manager));
    visible.clients().forEach((name, manager) -> inside("ChatClient " + name, manager));
    if (visible.builderWithoutManager()) {
      uncovered.add("ChatClient.Builder finds no ToolCallingAdvisor.Builder and makes a manager");
    }
    // Without the intent calls are denied: worth knowing, but not a gap.
    List<String> customized = visible.customizedBuilders();
    for (String name : visible.builders()) {
      lines.add(
          "ChatClient.Builder "
              + name
              + (customized.contains(name)
                  ? ": customized, captures the intent"
                  : ": the application's own, captures no intent unless it applies"
                      + " ChatClientBuilderCustomizer beans"));
    }
    report();
  }

  private void inside(String what, Optional<ToolCallingManager> manager) {
    note(
        what,
        manager.map(Coverage::guarded).orElse(false)
            ? null
            : "uses a manager that is not guarded: make it with the beans that Spring AI"
                + " configures, not with a static factory",
        "uses a guarded manager");
  }

  private void note(String what, @Nullable String failure, String fine) {
    lines.add(what + ": " + (failure == null ? fine : "NOT COVERED, " + failure));
    if (failure != null) {
      uncovered.add(what + " " + failure);
    }
  }

  private void report() {
    lines.add(
        "never covered, and without credentials: clients and managers that are no beans and made by"
            + " ChatClient.create, ChatClient.builder or ToolCallingManager.builder; callbacks"
            + " called directly");
    String report = String.join("\n  ", lines);
    if (uncovered.isEmpty()) {
      log.info("Tollgate guards the tool calls of this application:\n  {}", report);
    } else if (strict) {
      throw new IllegalStateException(
          "Tollgate does not cover every tool call: "
              + String.join("; ", uncovered)
              + ". tollgate.strict=false accepts the gap");
    } else {
      log.warn(
          "Tollgate does NOT guard every tool call of this application (tollgate.strict=false):"
              + "\n  {}",
          report);
    }
  }

  /** Also when somebody put a proxy around the guard. */
  private static boolean guarded(ToolCallingManager manager) {
    return AopProxyUtils.ultimateTargetClass(manager) == GuardedToolCallingManager.class;
  }
}
