package dev.tollgate.springai.coverage;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with nothing but what is on the class path, and one tool of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Agents {
  @Bean
  ToolCallback byName(Stage stage) {
    return Deed.own(ByName.NAME, () -> stage.current().body());
  }
}
