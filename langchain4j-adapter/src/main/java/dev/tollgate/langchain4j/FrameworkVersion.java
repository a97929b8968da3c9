package dev.tollgate.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which LangChain4j this is, for messages. Its manifest does not say. */
final class FrameworkVersion {
  private static final String FILE = "/META-INF/maven/dev.langchain4j/langchain4j/pom.properties";

  private FrameworkVersion() {}

  static String of(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "of an unknown version");
    } catch (IOException e) {
      return "of an unknown version";
    }
  }
}
