package dev.tollgate.spring;

import dev.tollgate.config.AdapterSettings.Strictness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once at start what is covered, and stops the start in strict mode when something that the
 * container can see is not. For the adapters, not for applications. Thread-safe.
 */
public final class StartReport implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(StartReport.class);
  private final ObjectProvider<CoveredPaths> parts;
  private final ObjectProvider<StartWarning> warnings;
  private final Strictness strictness;
  private volatile Map<String, List<CoveredPath>> found = Map.of();

  StartReport(
      ObjectProvider<CoveredPaths> parts,
      ObjectProvider<StartWarning> warnings,
      Strictness strictness) {
    this.parts = parts;
    this.warnings = warnings;
    this.strictness = strictness;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, List<CoveredPath>> frameworks = new LinkedHashMap<>();
    parts
        .orderedStream()
        .forEach(
            part ->
                frameworks
                    .computeIfAbsent(part.framework(), name -> new ArrayList<>())
                    .addAll(part.paths()));
    found = Collections.unmodifiableMap(frameworks);
    List<CoveredPath> gaps = new ArrayList<>();
    frameworks.forEach((framework, paths) -> gaps.addAll(report(framework, paths)));
    warnings
        .orderedStream()
        .map(StartWarning::text)
        .filter(Objects::nonNull)
        .forEach(text -> log.warn("Tollgate: {}", text));
    if (!gaps.isEmpty() && strictness != Strictness.REPORT) {
      throw new UncoveredPathsException(gaps);
    }
  }

  /**
   * What was found at start, by framework. It is not looked at again: to look may mean to probe,
   * and whoever reads a page must not set off calls.
   */
  public Map<String, List<CoveredPath>> found() {
    return found;
  }

  private List<CoveredPath> report(String framework, List<CoveredPath> paths) {
    List<CoveredPath> gaps =
        paths.stream().filter(path -> path.standing() == CoveredPath.Standing.UNCOVERED).toList();
    String text = String.join("\n  ", paths.stream().map(CoveredPath::line).toList());
    if (gaps.isEmpty()) {
      log.info("Tollgate guards the tool calls of {} in this application:\n  {}", framework, text);
    } else {
      log.warn(
          "Tollgate does NOT guard every tool call of {} in this application:\n  {}",
          framework,
          text);
    }
    return gaps;
  }
}
