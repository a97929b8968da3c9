package dev.tollgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The agentic, MCP and A2A modules are optional. */
class WithoutAgenticTest {
  /** The same class path, of which some jars are missing. */
  private static final class Lacking extends URLClassLoader {
    private static final Pattern OPTIONAL =
        Pattern.compile("(langchain4j-(agentic|mcp|skills)|a2a-java-sdk|aspectj)[^/\\\\]*\\.jar$");

    Lacking() throws MalformedURLException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (!OPTIONAL.matcher(entry).find()) {
          urls.add(Path.of(entry).toUri().toURL());
        }
      }
      return urls.toArray(URL[]::new);
    }
  }

  /** Runs in the class loader where they are missing. */
  public static final class Chat implements Supplier<String> {
    @Override
    public String get() {
      Office office = new Office();
      try (Gated gated = Gated.denying("delete")) {
        ScriptedModel model =
            ScriptedModel.plays(
                ScriptedModel.asks(
                    ScriptedModel.call("1", "send", Agents.SEND),
                    ScriptedModel.call("2", "delete", Agents.DELETE)),
                dev.langchain4j.data.message.AiMessage.from("done"));
        Chats.ask(false, model, office);
        return office.ran
            + " "
            + gated.reasons()
            + " "
            + gated.asked().get(0).task().intent().source().text();
      }
    }
  }

  @Test
  void guardsAiServicesAllTheSame() throws ReflectiveOperationException, IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Lacking lacking = new Lacking()) {
      for (String missing :
          List.of(
              "dev.langchain4j.agentic.Agent",
              "dev.langchain4j.mcp.client.McpClient",
              "io.a2a.spec.Message",
              "org.aspectj.lang.JoinPoint")) {
        assertThatThrownBy(() -> lacking.loadClass(missing))
            .isInstanceOf(ClassNotFoundException.class);
      }
      Thread.currentThread().setContextClassLoader(lacking);
      Supplier<?> chat =
          (Supplier<?>)
              lacking.loadClass(Chat.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(chat.getClass()).isNotEqualTo(Chat.class);
      assertThat(chat.get()).isEqualTo("[send bob: x] [, policy_forbidden] human");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
