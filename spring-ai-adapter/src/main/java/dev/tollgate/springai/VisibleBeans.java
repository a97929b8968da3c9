package dev.tollgate.springai;

import java.lang.reflect.Field;
import java.util.Collection;
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
  private static final String ADVISORS = "org.springframework.ai.chat.client.advisor.";
  private static final String ADVISOR = ADVISORS + "ToolCallingAdvisor";
  private static final List<String> RUNS_TOOLS =
      List.of(ADVISORS + "api.ToolAdvisor", ADVISORS + "ToolCallAdvisor");

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
    RUNS_TOOLS.forEach(type -> managers(type, found, "toolCallingManager"));
    managers(ADVISOR + "$Builder", found, "toolCallingManager");
    return found;
  }

  /** The managers inside the clients, and singleton client builders, that are beans. */
  Map<String, Optional<ToolCallingManager>> clients() {
    Map<String, Optional<ToolCallingManager>> found = new LinkedHashMap<>();
    if (!modelsRunTools()) {
      String[] rest = {"toolCallingAdvisorBuilder", "toolCallingManager"};
      managers(CLIENT, found, "defaultChatClientRequest", rest[0], rest[1]);
      managers(CLIENT + "$Builder", found, "defaultRequest", rest[0], rest[1]);
    }
    ownAdvisors(CLIENT, found, "defaultChatClientRequest", "advisors");
    ownAdvisors(CLIENT + "$Builder", found, "defaultRequest", "advisors");
    return found;
  }

  /** The managers inside the chat models that are beans, on 1.1: there the models run the tools. */
  Map<String, Optional<ToolCallingManager>> models() {
    Map<String, Optional<ToolCallingManager>> found = new LinkedHashMap<>();
    if (modelsRunTools()) {
      managers("org.springframework.ai.chat.model.ChatModel", found, "toolCallingManager");
    }
    return found;
  }

  private static boolean modelsRunTools() {
    return find(ADVISOR) == null;
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

  /** One among a client's defaults takes the place of the one it would make itself. */
  private void ownAdvisors(
      String type, Map<String, Optional<ToolCallingManager>> into, String... path) {
    Class<?> found = find(type);
    if (found == null) {
      return;
    }
    made(found)
        .forEach(
            (name, bean) -> {
              if (at(bean, path) instanceof Collection<?> advisors) {
                advisors.stream()
                    .filter(VisibleBeans::runsTools)
                    .forEach(advisor -> into.put(name, follow(advisor, "toolCallingManager")));
              }
            });
  }

  private static boolean runsTools(Object advisor) {
    return RUNS_TOOLS.stream()
        .map(VisibleBeans::find)
        .anyMatch(type -> type != null && type.isInstance(advisor));
  }

  private List<String> names(String type) {
    Class<?> found = find(type);
    return found == null
        ? List.of()
        : List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, found, true, false));
  }

  private static Optional<ToolCallingManager> follow(Object bean, String... path) {
    return at(bean, path) instanceof ToolCallingManager manager
        ? Optional.of(manager)
        : Optional.empty();
  }

  // Spring AI keeps them in fields without getters.
  private static @Nullable Object at(Object bean, String... path) {
    Object at = bean;
    for (String name : path) {
      Field field = ReflectionUtils.findField(at.getClass(), name);
      Object next =
          field != null && field.trySetAccessible() ? ReflectionUtils.getField(field, at) : null;
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  private static @Nullable Class<?> find(String name) {
    ClassLoader loader = VisibleBeans.class.getClassLoader();
    return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
  }
}
