package dev.tollgate.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.util.StringUtils;

/**
 * What LangChain4j's starter makes of {@code @AiService} interfaces. Nothing is made by looking.
 *
 * @param beans the container
 * @param definitions the starter's definitions, by bean name
 */
record AiServiceBeans(
    ConfigurableListableBeanFactory beans, Map<String, BeanDefinition> definitions) {
  // The starter's factory is not public, and the starter need not be there.
  private static final String FACTORY = "dev.langchain4j.service.spring.AiServiceFactory";

  static AiServiceBeans in(ConfigurableListableBeanFactory beans) {
    Map<String, BeanDefinition> found = new LinkedHashMap<>();
    for (String name : beans.getBeanDefinitionNames()) {
      BeanDefinition definition = beans.getBeanDefinition(name);
      if (FACTORY.equals(definition.getBeanClassName())) {
        found.put(name, definition);
      }
    }
    return new AiServiceBeans(beans, found);
  }

  /** Has the container make another bean before it makes these. */
  void dependOn(String bean) {
    for (BeanDefinition definition : definitions.values()) {
      String[] already = definition.getDependsOn();
      definition.setDependsOn(
          already == null ? new String[] {bean} : StringUtils.addStringToArray(already, bean));
    }
  }

  /** {@code name (interface)} of each. */
  List<String> described() {
    List<String> lines = new ArrayList<>();
    for (String name : definitions.keySet()) {
      @Nullable Class<?> type = beans.getType(name);
      lines.add(name + (type == null ? "" : " (" + type.getName() + ")"));
    }
    return lines;
  }

  /** The beans whose methods are the tools of one or more of these. */
  Set<String> toolBeans() {
    Set<String> names = new LinkedHashSet<>();
    for (BeanDefinition definition : definitions.values()) {
      if (definition.getPropertyValues().get("tools") instanceof Iterable<?> tools) {
        for (Object tool : tools) {
          if (tool instanceof RuntimeBeanReference reference) {
            names.add(reference.getBeanName());
          }
        }
      }
    }
    return names;
  }
}
