package dev.tollgate.spring;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Tools that lose something because Spring put a proxy around their bean: the starter registers
 * such a bean's methods by hand, and forgets that a result is to be returned at once.
 */
record ProxiedTools(ConfigurableListableBeanFactory beans) {

  /** A sentence for each tool among these beans whose result the model gets against its word. */
  List<String> losses(Set<String> toolBeans) {
    List<String> losses = new ArrayList<>();
    for (String name : toolBeans) {
      for (Method method : proxied(name).getDeclaredMethods()) {
        Tool tool = method.getAnnotation(Tool.class);
        if (tool != null && tool.returnBehavior() == ReturnBehavior.IMMEDIATE) {
          losses.add(
              "bean "
                  + name
                  + ": a Spring AOP proxy stands around it, so LangChain4j's starter loses"
                  + " ReturnBehavior.IMMEDIATE of the @Tool method "
                  + method.getName()
                  + " and its result goes to the model. Keep the advice off this class: let the"
                  + " tool call another bean that is advised");
        }
      }
    }
    return losses;
  }

  /** The class behind the bean's proxy; one without tools if there is none. */
  private Class<?> proxied(String name) {
    if (beans.containsSingleton(name)) {
      Object bean = beans.getBean(name);
      return AopUtils.isAopProxy(bean) ? AopProxyUtils.ultimateTargetClass(bean) : Object.class;
    }
    // Not made just to look at it.
    @Nullable Class<?> type = beans.getType(name);
    return type != null && SpringProxy.class.isAssignableFrom(type)
        ? ClassUtils.getUserClass(type)
        : Object.class;
  }
}
