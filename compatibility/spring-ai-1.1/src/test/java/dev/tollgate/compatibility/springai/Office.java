package dev.tollgate.compatibility.springai;

import dev.tollgate.compatibility.springai.office.FileTools;
import dev.tollgate.compatibility.springai.office.OfficeApplication;
import dev.tollgate.key.JwkFileKeySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, started as it is in production, and the model that it talks to. */
final class Office implements AutoCloseable {
  final OpenAiServer model = new OpenAiServer();
  final ConfigurableApplicationContext context;

  private Office(Path folder, List<String> settings, Class<?>... more) throws IOException {
    List<String> all = new ArrayList<>();
    settings.forEach(setting -> all.add("--" + setting));
    all.add("--office.model=" + model.url());
    all.add("--office.folder=" + folder);
    context =
        new SpringApplicationBuilder(OfficeApplication.class)
            .sources(more)
            .run(all.toArray(String[]::new));
  }

  static Office open(Path folder, Class<?>... more) throws IOException {
    return open(folder, List.of(), more);
  }

  /**
   * Starts it.
   *
   * @param settings properties beyond those of its own file
   */
  static Office open(Path folder, List<String> settings, Class<?>... more) throws IOException {
    JwkFileKeySource.generate(folder.resolve("keys.json"), "test");
    Files.createDirectory(folder.resolve("policies"));
    copy("office.cedar", folder.resolve("policies/office.cedar"));
    copy("office.manifest.yaml", folder.resolve("manifest.yaml"));
    return new Office(folder, settings, more);
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Office.class.getResourceAsStream("/" + resource))) {
      Files.copy(in, file);
    }
  }

  ChatClient client() {
    return context.getBean(ChatClient.Builder.class).build();
  }

  FileTools files() {
    return context.getBean(FileTools.class);
  }

  @Override
  public void close() {
    context.close();
    model.close();
  }
}
