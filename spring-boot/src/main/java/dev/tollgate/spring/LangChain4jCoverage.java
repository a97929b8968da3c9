package dev.tollgate.spring;

import static dev.tollgate.spring.CoveredPath.covered;
import static dev.tollgate.spring.CoveredPath.escapes;
import static dev.tollgate.spring.CoveredPath.noted;
import static dev.tollgate.spring.CoveredPath.uncovered;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What of LangChain4j is covered, and at start, what Spring takes away from tools. */
final class LangChain4jCoverage implements CoveredPaths, SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(LangChain4jCoverage.class);
  private final ConfigurableListableBeanFactory beans;
  private final LangChain4jGate gate;

  LangChain4jCoverage(ConfigurableListableBeanFactory beans, LangChain4jGate gate) {
    this.beans = beans;
    this.gate = gate;
  }

  @Override
  public void afterSingletonsInstantiated() {
    new ProxiedTools(beans)
        .losses(AiServiceBeans.in(beans).toolBeans())
        .forEach(loss -> log.warn("{}", loss));
  }

  @Override
  public String framework() {
    return "LangChain4j";
  }

  @Override
  public List<CoveredPath> paths() {
    List<CoveredPath> paths = new ArrayList<>();
    @Nullable String failure = gate.failure();
    paths.add(
        failure == null
            ? covered(
                "AI services, whoever builds them",
                "a probe call was denied by this application's gate")
            : uncovered("AI services", "by this application's gate: " + failure));
    AiServiceBeans.in(beans)
        .described()
        .forEach(service -> paths.add(noted("@AiService " + service, "")));
    paths.add(
        escapes(
            "@CompensateFor actions, agents that are no AI services, tool executors and MCP clients"
                + " that code calls itself",
            "unless the AspectJ weaver is there"));
    return paths;
  }
}
