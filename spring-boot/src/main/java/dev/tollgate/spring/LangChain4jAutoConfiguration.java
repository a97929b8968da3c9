package dev.tollgate.spring;

import dev.langchain4j.service.AiServices;
import dev.tollgate.ToolGate;
import dev.tollgate.config.AdapterSettings;
import dev.tollgate.langchain4j.TollgateLangChain4j;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Hands the application's gate to LangChain4j, whose own way of finding the adapter makes no beans.
 */
@AutoConfiguration(
    after = ToolGateAutoConfiguration.class,
    // Its post-processor replaces the definitions of AI services; ours must see what it leaves.
    afterName = "dev.langchain4j.spring.LangChain4jAutoConfig")
@ConditionalOnClass({TollgateLangChain4j.class, AiServices.class})
public class LangChain4jAutoConfiguration {

  /** With a gate. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(prefix = "tollgate", name = "enabled", matchIfMissing = true)
  static class Enabled {
    // A child context has its parent's gate, and must not take it away when it closes.
    @Bean(LangChain4jGate.BEAN)
    @ConditionalOnMissingBean
    LangChain4jGate tollgateLangChain4jGate(ToolGate gate, Environment environment) {
      return new LangChain4jGate(gate, AdapterSettings.from(SpringSettings.from(environment)));
    }

    @Bean
    static BeanFactoryPostProcessor tollgateBeforeAiServices() {
      return beans -> AiServiceBeans.in(beans).dependOn(LangChain4jGate.BEAN);
    }

    @Bean
    LangChain4jCoverage tollgateLangChain4jCoverage(
        ConfigurableListableBeanFactory beans, LangChain4jGate gate) {
      return new LangChain4jCoverage(beans, gate);
    }
  }

  /** Without one, because somebody said so. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(prefix = "tollgate", name = "enabled", havingValue = "false")
  static class Disabled {
    @Bean
    @ConditionalOnMissingBean
    static SwitchedOff tollgateSwitchedOff() {
      return new SwitchedOff();
    }
  }
}
