package dev.tollgate.springai.coverage;

import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that serves tools over MCP, with nothing but what is on the class path. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Servers {
  @Bean
  ToolCallbackProvider served(Stage stage) {
    return MethodToolCallbackProvider.builder().toolObjects(new ServedTools(stage)).build();
  }

  @Bean
  Object annotated(Stage stage) {
    return Line.annotated(stage);
  }
}
