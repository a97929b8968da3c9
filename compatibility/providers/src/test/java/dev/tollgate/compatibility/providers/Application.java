package dev.tollgate.compatibility.providers;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.TollgateAutoConfiguration;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Real contexts with a gate, a model, and Spring AI's own auto-configuration. */
final class Application {
  final RecordingAuditSink audit = new RecordingAuditSink();
  final ScriptedPolicy policy;

  Application(ScriptedPolicy policy) {
    this.policy = policy;
  }

  /** Hands out the builder that Spring AI makes for the application. */
  void run(ChatModel model, Consumer<ChatClient.Builder> test) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ToolGateAutoConfiguration.class,
                TollgateAutoConfiguration.class,
                ToolCallingAutoConfiguration.class,
                ChatClientAutoConfiguration.class))
        .withBean(ToolGate.class, () -> TestGates.gate(policy, audit).build())
        .withBean(ChatModel.class, () -> model)
        .run(context -> test.accept(context.getBean(ChatClient.Builder.class)));
  }

  /** The names of what the policy was asked about. */
  List<String> asked() {
    return policy.asked().stream()
        .flatMap(List::stream)
        .map(request -> request.tool().source() + " " + request.tool().name())
        .toList();
  }
}
