package dev.tollgate.springai.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ClassUtils;

/** What is not the same on the two lines of Spring AI, by what is on the class path. */
public final class Line {
  /** Tools are run by an advisor; on the line before by the model itself. */
  public static final boolean ADVISED =
      has("org.springframework.ai.chat.client.advisor.ToolCallingAdvisor");

  private static final boolean NEW_ANNOTATION =
      has("org.springframework.ai.mcp.annotation.McpTool");
  // Not in this module: what it is compiled with is not on the same class path as the rest.
  private static final String OLD_TOOLS = "dev.tollgate.springai.coverage.OldAnnotatedTools";

  private Line() {}

  static boolean has(String type) {
    return ClassUtils.isPresent(type, Line.class.getClassLoader());
  }

  /** The model as the line has it. */
  public static ChatModel model(ChatModel model, ToolCallingManager manager) {
    return ADVISED ? model : new ActingModel(model, manager);
  }

  /** Whether there are tools that are annotated as MCP's. */
  static boolean annotates() {
    return NEW_ANNOTATION || has(OLD_TOOLS);
  }

  /** Those tools: what annotates them has moved to another package. */
  static Object annotated(Stage stage) {
    if (NEW_ANNOTATION) {
      return new AnnotatedTools(stage);
    }
    if (!has(OLD_TOOLS)) {
      return "none";
    }
    Class<?> tools = ClassUtils.resolveClassName(OLD_TOOLS, Line.class.getClassLoader());
    return BeanUtils.instantiateClass(tools.getDeclaredConstructors()[0], stage);
  }

  /** What is on the class path, not what somebody says is there. */
  static String version() {
    String file = "/META-INF/maven/org.springframework.ai/spring-ai-client-chat/pom.properties";
    try (InputStream in = ChatClient.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in, file));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
