package dev.tollgate.springai;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.credential.CallCredentialAutoConfiguration;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Real Spring Boot contexts with Spring AI's own auto-configuration. */
final class Application {
  final RecordingAuditSink audit = new RecordingAuditSink();
  final ScriptedPolicy policy;

  Application(ScriptedPolicy policy) {
    this.policy = policy;
  }

  static Application permitting() {
    return new Application(ScriptedPolicy.permitAll());
  }

  static Application denying(String... tools) {
    return new Application(ScriptedPolicy.denying(tools));
  }

  /** With a gate whose tasks run for alice of acme. */
  ApplicationContextRunner with(ChatModel model) {
    return with(model, TestGates.gate(policy, audit).build());
  }

  ApplicationContextRunner with(ChatModel model, ToolGate gate) {
    return bare().withBean(ToolGate.class, () -> gate).withBean(ChatModel.class, () -> model);
  }

  static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ToolGateAutoConfiguration.class,
                TollgateAutoConfiguration.class,
                CallCredentialAutoConfiguration.class,
                SwitchedOffAutoConfiguration.class,
                ToolCallingAutoConfiguration.class,
                ChatClientAutoConfiguration.class,
                HttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class));
  }

  static ChatClient client(ApplicationContext context) {
    return context.getBean(ChatClient.Builder.class).build();
  }

  static String ask(ApplicationContext context, String text, Object... tools) {
    return String.valueOf(client(context).prompt().user(text).tools(tools).call().content());
  }
}
