package dev.tollgate.springai;

import static dev.tollgate.spring.CoveredPath.covered;
import static dev.tollgate.spring.CoveredPath.escapes;
import static dev.tollgate.spring.CoveredPath.noted;
import static dev.tollgate.spring.CoveredPath.uncovered;

import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What of Spring AI is covered, proved by a probe call through each manager. */
final class Coverage implements CoveredPaths {
  private final ConfigurableListableBeanFactory beans;

  Coverage(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public String framework() {
    return "Spring AI";
  }

  @Override
  public List<CoveredPath> paths() {
    VisibleBeans visible = new VisibleBeans(beans);
    List<CoveredPath> paths = new ArrayList<>();
    visible
        .made(ToolCallingManager.class)
        .forEach((name, manager) -> paths.add(probed("ToolCallingManager " + name, manager)));
    visible
        .advisors()
        .forEach((name, manager) -> paths.add(inside("ToolCallingAdvisor " + name, manager)));
    visible.clients().forEach((name, manager) -> paths.add(inside("ChatClient " + name, manager)));
    if (visible.builderWithoutManager()) {
      paths.add(
          uncovered(
              "ChatClient.Builder", "finds no ToolCallingAdvisor.Builder and makes a manager"));
    }
    // Without the intent calls are denied: worth knowing, but not a gap.
    List<String> customized = visible.customizedBuilders();
    for (String name : visible.builders()) {
      paths.add(
          noted(
              "ChatClient.Builder " + name,
              customized.contains(name)
                  ? "customized, captures the intent"
                  : "the application's own, captures no intent unless it applies"
                      + " ChatClientBuilderCustomizer beans"));
    }
    paths.add(
        escapes(
            "clients and managers that are no beans and made by ChatClient.create,"
                + " ChatClient.builder or ToolCallingManager.builder; callbacks called directly",
            ""));
    return paths;
  }

  private static CoveredPath probed(String path, ToolCallingManager manager) {
    @Nullable String failure = guarded(manager) ? Probe.failure(manager) : "is not guarded";
    return failure == null
        ? covered(path, "guarded, a probe call was denied")
        : uncovered(path, failure);
  }

  private static CoveredPath inside(String path, Optional<ToolCallingManager> manager) {
    return manager.map(Coverage::guarded).orElse(false)
        ? covered(path, "uses a guarded manager")
        : uncovered(
            path,
            "uses a manager that is not guarded: make it with the beans that Spring AI configures,"
                + " not with a static factory");
  }

  /** Also when somebody put a proxy around the guard. */
  private static boolean guarded(ToolCallingManager manager) {
    return AopProxyUtils.ultimateTargetClass(manager) == GuardedToolCallingManager.class;
  }
}
