package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The file in the working folder lies over the class path, system properties over both. */
class SettingsFilesTest {
  private static final Path WORKING = Path.of("tollgate.yaml");
  private static final Path CLASSES = Path.of("target/test-classes/tollgate.yaml");

  @AfterEach
  void clean() throws Exception {
    Files.deleteIfExists(WORKING);
    Files.deleteIfExists(CLASSES);
    System.clearProperty("tollgate.c");
  }

  private static void write(Path file, String yaml) throws Exception {
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
  }

  @Test
  void precedence() throws Exception {
    write(CLASSES, "tollgate: {a: 1, b: 1, c: 1, list: [x, y], none: }\n");
    write(WORKING, "tollgate.b: 2\ntollgate: {c: 2}\n");
    System.setProperty("tollgate.c", "3");
    Settings settings = Settings.load();
    assertThat(settings.find("tollgate.a")).isEqualTo("1");
    assertThat(settings.find("tollgate.b")).isEqualTo("2");
    assertThat(settings.find("tollgate.c")).isEqualTo("3");
    assertThat(settings.find("tollgate.list")).isEqualTo("x,y");
    assertThat(settings.find("tollgate.none")).isNull();
  }

  @Test
  void oneKeyInTwoSpellingsIsRefused() throws Exception {
    write(WORKING, "tollgate.mode: enforce\ntollgate: {mode: observe}\n");
    assertThatThrownBy(Settings::load)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tollgate.mode stands twice");
  }

  @Test
  void whatIsNoYamlIsRefused() throws Exception {
    write(WORKING, "tollgate: [\n");
    assertThatThrownBy(Settings::load).isInstanceOf(ConfigurationException.class);
  }
}
