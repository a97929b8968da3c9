package dev.tollgate.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Says once at start what of LangChain4j is covered, and what Spring takes away from tools. */
final class LangChain4jCoverage implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(LangChain4jCoverage.class);
  private final ConfigurableListableBeanFactory beans;
  private final LangChain4jGate gate;

  LangChain4jCoverage(ConfigurableListableBeanFactory beans, LangChain4jGate gate) {
    this.beans = beans;
    this.gate = gate;
  }

  @Override
  public void afterSingletonsInstantiated() {
    AiServiceBeans services = AiServiceBeans.in(beans);
    report(services);
    new ProxiedTools(beans).losses(services.toolBeans()).forEach(loss -> log.warn("{}", loss));
  }

  private void report(AiServiceBeans services) {
    List<String> lines = new ArrayList<>();
    @Nullable String failure = gate.failure();
    lines.add(
        failure == null
            ? "AI services, whoever builds them: a probe call was denied by this application's gate"
            : "AI services: NOT COVERED by this application's gate, " + failure);
    services.described().forEach(service -> lines.add("@AiService " + service));
    lines.add(
        "only with the AspectJ weaver: @CompensateFor actions, agents that are no AI services, tool"
            + " executors and MCP clients that code calls itself");
    String text = String.join("\n  ", lines);
    if (failure == null) {
      log.info("Tollgate guards the tool calls of LangChain4j in this application:\n  {}", text);
    } else {
      log.warn(
          "Tollgate does NOT guard LangChain4j in this application (tollgate.strict=report):\n  {}",
          text);
    }
  }
}
