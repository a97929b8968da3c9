package dev.tollgate.springai.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.springai.TollgateAutoConfiguration;
import dev.tollgate.springai.coverage.Line;
import dev.tollgate.testkit.BesiegedGate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A gate under attack in a real application, and tools for it. */
final class Siege extends BesiegedGate {
  ApplicationContextRunner application(ChatModel model) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ToolGateAutoConfiguration.class,
                TollgateAutoConfiguration.class,
                ToolCallingAutoConfiguration.class,
                ChatClientAutoConfiguration.class))
        .withBean(ToolGate.class, () -> gate, bean -> bean.setDestroyMethodName(""))
        .withInitializer(
            context ->
                ((GenericApplicationContext) context)
                    .registerBean(
                        ChatModel.class,
                        () -> Line.model(model, context.getBean(ToolCallingManager.class)),
                        bean -> bean.setLazyInit(true)));
  }

  void attack(ChatModel model, Consumer<ApplicationContext> how) {
    attack(application(model), how);
  }

  void attack(ApplicationContextRunner application, Consumer<ApplicationContext> how) {
    application.run(
        context -> {
          assertThat(context).hasNotFailed();
          audit.entries().clear(); // the probe's
          how.accept(context);
        });
  }

  /** The model's script, at once and as a stream. */
  void bothWays(ChatModel model, ToolCallback... tools) {
    attack(
        model,
        context -> {
          for (boolean streamed : new boolean[] {false, true}) {
            assertThat(ask(context, streamed, tools)).isEqualTo("done");
          }
        });
  }

  static String ask(ApplicationContext context, boolean streamed, ToolCallback... tools) {
    return ask(context.getBean(ChatClient.Builder.class).build(), streamed, tools);
  }

  static String ask(ChatClient client, boolean streamed, ToolCallback... tools) {
    ChatClient.ChatClientRequestSpec request = offered(client.prompt().user("go"), tools);
    return String.valueOf(
        streamed ? request.stream().content().blockLast() : request.call().content());
  }

  /** Deprecated on the new line, and what the old one has. */
  @SuppressWarnings("removal")
  static ChatClient.ChatClientRequestSpec offered(
      ChatClient.ChatClientRequestSpec request, ToolCallback... tools) {
    return request.toolCallbacks(tools);
  }

  /** A client that an application makes around a model that it has made, too. */
  static ChatClient handMade(ChatModel model) {
    return ChatClient.create(Line.model(model, ToolCallingManager.builder().build()));
  }

  ToolCallback tool(String name) {
    return tool(name, arguments -> runs(name));
  }

  static ToolCallback tool(String name, Function<String, String> body) {
    return new Own(name, body);
  }

  static ToolDefinition definition(String name) {
    return new DefaultToolDefinition(name, "does " + name, "{\"type\":\"object\"}");
  }

  /** As an application writes one itself. */
  private record Own(String name, Function<String, String> body) implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      return definition(name);
    }

    @Override
    public String call(String arguments) {
      return body.apply(arguments);
    }
  }
}
