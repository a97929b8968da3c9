package dev.tollgate.spring.test;

import dev.tollgate.audit.AuditSink;
import dev.tollgate.key.KeySource;
import dev.tollgate.spring.ToolGateCustomizer;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.TestKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Takes the place of what an application keeps on disk; its policies stay. */
@Configuration(proxyBeanMethods = false)
class TollgateTestConfiguration {
  @Bean
  TollgateRecords tollgateRecords() {
    return new TollgateRecords(new RecordingAuditSink(), new ScriptedAnswers());
  }

  @Bean
  @Primary
  AuditSink tollgateTestAudit(TollgateRecords records) {
    return records.audit();
  }

  @Bean
  @Primary
  KeySource tollgateTestKeys() {
    return TestKeys.inMemory();
  }

  /** Last, so that nothing gets between what the test says and the gate. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  ToolGateCustomizer tollgateTestGate(TollgateRecords records) {
    return records::recordIn;
  }
}
