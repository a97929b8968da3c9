package dev.tollgate.springai;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** What the container holds that can run tools. Nothing is made by looking. */
final class VisibleBeans {
  // By name: these are not the same in Spring AI 1.1 and 2.0.
  private static final String CLIENT = "org.springframework.ai.chat.client.ChatClient";
  private static final String ADVISOR =
      "org.springframework.ai.chat.client.advisor.ToolCallingAdvisor";

  private final ConfigurableListableBeanFactory beans;

  VisibleBeans(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /** The singletons of a type that exist by now; what is lazy is guarded when it is made. */
  <T> Map<String, T> made(Class<T> type) {
    Map<String, T> made = new LinkedHashMap<>();
    for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
      boolean local = beans.containsLocalBean(name);
      if (local ? beans.containsSingleton(name) : beans.isSingleton(name)) {
        made.put(name, beans.getBean(name, type));
      }
    }
    return made;
  }

  /** The managers inside the advisors, and advisor builders, that are beans. */
  Map<String, Optional<ToolCallingManager>> advisors() {
    Map<String, Optional<ToolCallingManager>> found = new LinkedHashMap<>();
    managers(ADVISOR, found, "toolCallingManager");
    managers(ADVISOR + "$Builder", found, "toolCallingManager");
    return found;
  }

  /** The managers inside the clients, and singleton client builders, that are beans. */
  Map<String, Optional<ToolCallingManager>> clients() {
    Map<String, Optional<ToolCallingManager>> found = new LinkedHashMap<>();
    String[] rest = {"toolCallingAdvisorBuilder", "toolCallingManager"};
    managers(CLIENT, found, "defaultChatClientRequest", rest[0], rest[1]);
    managers(CLIENT + "$Builder", found, "defaultRequest", rest[0], rest[1]);
    return found;
  }

  /** The builders that Spring AI makes itself, which are the customized ones. */
  List<String> customizedBuilders() {
    return names(CLIENT + "$Builder").stream()
        .filter(beans::containsBeanDefinition)
        .filter(
            name ->
                String.valueOf(beans.getMergedBeanDefinition(name).getFactoryBeanName())
                    .endsWith("ChatClientAutoConfiguration"))
        .toList();
  }

  List<String> builders() {
    return names(CLIENT + "$Builder");
  }

  /** Whether clients of the builder beans fall back to a manager that is no bean. */
  boolean builderWithoutManager() {
    return find(ADVISOR + "$Builder") != null
        && !names(CLIENT + "$Builder").isEmpty()
        && names(ADVISOR + "$Builder").isEmpty();
  }

  private void managers(
      String type, Map<String, Optional<ToolCallingManager>> into, String... path) {
    Class<?> found = find(type);
    if (found != null) {
      made(found).forEach((name, bean) -> into.put(name, follow(bean, path)));
    }
  }

  private List<String> names(String type) {
    Class<?> found = find(type);
    return found == null
        ? List.of()
        : List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, found, true, false));
  }

  // Spring AI keeps them in fields without getters.
  private static Optional<ToolCallingManager> follow(Object bean, String... path) {
    Object at = bean;
    for (String name : path) {
      Field field = ReflectionUtils.findField(at.getClass(), name);
      Object next =
          field != null && field.trySetAccessible() ? ReflectionUtils.getField(field, at) : null;
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return at instanceof ToolCallingManager manager ? Optional.of(manager) : Optional.empty();
  }

  private static @Nullable Class<?> find(String name) {
    ClassLoader loader = VisibleBeans.class.getClassLoader();
    return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
  }
}
