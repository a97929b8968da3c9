package dev.tollgate.springai;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Without it aspects, which know no container, would deny what nobody wants guarded. */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.ai.model.tool.ToolCallingManager")
@ConditionalOnProperty(prefix = "tollgate", name = "enabled", havingValue = "false")
public class SwitchedOffAutoConfiguration {
  @Bean
  @Lazy(false)
  WovenInstallation.Off tollgateWovenOff() {
    return new WovenInstallation.Off();
  }
}
