package dev.tollgate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.audit.AuditRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.annotation.DirtiesContext;

/** Spring Security's own annotations keep working on tools, inside the gate. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "tollgate.tenant=acme")
@AutoConfigureTollgateTest
@DirtiesContext // LangChain4j has one gate in a process
class PreAuthorizeTest {
  @Autowired ChatClient chat;
  @Autowired Payments payments;
  @Autowired TollgateRecords tollgate;

  @BeforeEach
  void permitted() {
    tollgate.permitAll();
  }

  @AfterEach
  void nobodyIsSignedInAnyMore() {
    SecurityContextHolder.clearContext();
  }

  private String ask(String authority) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("alice", "password", authority));
    return String.valueOf(chat.prompt().user("pay it").tools(payments).call().content());
  }

  @Test
  void whoever_may_does() {
    assertThat(ask("clerk")).contains("paid");
    assertThat(tollgate).ran("pay");
  }

  @Test
  void whoever_may_not_is_refused_by_spring_security_after_the_gate_has_permitted_it() {
    assertThat(ask("guest")).isEqualTo("Access Denied");
    assertThat(tollgate).permitted("pay");
    assertThat(tollgate.audit().records(AuditRecord.Outcome.class))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.state()).isEqualTo("failed"));
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @EnableMethodSecurity
  static class Office {
    @Bean
    ChatModel model() {
      return new Turns();
    }

    @Bean
    ChatClient chat(ChatClient.Builder builder) {
      return builder.build();
    }

    @Bean
    Payments payments() {
      return new Payments();
    }
  }

  static class Payments {
    @Tool(description = "Pays.")
    @PreAuthorize("hasAuthority('clerk')")
    String pay() {
      return "paid";
    }
  }
}
