package dev.tollgate.wall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tollgate.secret.SecretAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class WallsTest {
  private static final String ROOT = "dev.tollgate";
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /**
   * Which room may use which. Rooms with a stage know the root's chain, and the root puts the
   * stages together: those two-way arrows are meant. task, tool, policy and delegation know each
   * other because a stage stands in the room whose question it asks; audit and credential know the
   * guard because it is there that a running call learns that it was revoked.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("reason", Set.of()),
          Map.entry("secret", Set.of()),
          Map.entry("key", Set.of("json")),
          Map.entry("bundle", Set.of("json", "key")),
          Map.entry("identity", Set.of()),
          Map.entry("json", Set.of("reason")),
          Map.entry("yaml", Set.of("json")),
          Map.entry("state", Set.of("root")),
          Map.entry("destination", Set.of("reason")),
          Map.entry("provenance", Set.of("json", "task", "tool")),
          Map.entry("tool", Set.of("root", "destination", "json", "policy", "reason", "yaml")),
          Map.entry(
              "task",
              Set.of(
                  "root", "delegation", "identity", "json", "policy", "reason", "secret", "tool")),
          Map.entry(
              "policy",
              Set.of(
                  "root",
                  "delegation",
                  "destination",
                  "identity",
                  "json",
                  "reason",
                  "task",
                  "tool")),
          Map.entry("telemetry", Set.of("root", "identity", "policy", "reason", "task", "tool")),
          Map.entry(
              "audit",
              Set.of("root", "guard", "json", "key", "reason", "state", "task", "telemetry")),
          Map.entry(
              "delegation",
              Set.of(
                  "root",
                  "audit",
                  "identity",
                  "json",
                  "key",
                  "policy",
                  "reason",
                  "state",
                  "task",
                  "tool")),
          Map.entry(
              "guard",
              Set.of(
                  "root",
                  "audit",
                  "delegation",
                  "identity",
                  "json",
                  "policy",
                  "reason",
                  "state",
                  "task",
                  "tool")),
          Map.entry(
              "approval",
              Set.of(
                  "root",
                  "audit",
                  "delegation",
                  "guard",
                  "identity",
                  "json",
                  "key",
                  "policy",
                  "reason",
                  "secret",
                  "state",
                  "task",
                  "tool")),
          Map.entry(
              "credential",
              Set.of(
                  "root",
                  "audit",
                  "guard",
                  "identity",
                  "key",
                  "policy",
                  "reason",
                  "secret",
                  "task",
                  "telemetry",
                  "tool")),
          Map.entry(
              "config",
              Set.of(
                  "root",
                  "approval",
                  "audit",
                  "bundle",
                  "credential",
                  "guard",
                  "identity",
                  "json",
                  "key",
                  "policy",
                  "state",
                  "task",
                  "tool")),
          Map.entry(
              "root",
              Set.of(
                  "approval",
                  "audit",
                  "credential",
                  "delegation",
                  "destination",
                  "guard",
                  "identity",
                  "json",
                  "key",
                  "policy",
                  "provenance",
                  "reason",
                  "secret",
                  "state",
                  "task",
                  "telemetry",
                  "tool")));

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
  }

  @Test
  void theCoreKnowsNoFrameworkEngineOrServer() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.tollgate..",
            "java.lang..",
            "java.io..",
            "java.math..",
            "java.net..",
            "java.nio..",
            "java.security..",
            "java.text..",
            "java.time..",
            "java.util..",
            "javax.crypto..",
            "javax.net.ssl..",
            "org.jspecify.annotations..",
            "org.slf4j..",
            "io.opentelemetry.api..",
            "io.opentelemetry.context..",
            "com.fasterxml.jackson.core..",
            "com.nimbusds.jose..",
            "org.snakeyaml.engine..")
        .check(CORE);
  }

  @Test
  void theRoomsUseEachOtherAsTheArrowsSay() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : CORE) {
      Set<String> uses = found.computeIfAbsent(room(type), r -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(arrow -> arrow.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(WallsTest::room)
          .filter(target -> !target.equals(room(type)))
          .forEach(uses::add);
    }
    assertThat(found).containsExactlyInAnyOrderEntriesOf(ARROWS);
  }

  @Test
  void onlyTheCredentialRoomTouchesSecrets() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tollgate.credential")
        .should()
        .callMethod(SecretAccess.class, "granted")
        .check(CORE);
    assertThat(CORE.get(SecretAccess.class).getMethod("granted").getCallsOfSelf()).isNotEmpty();
  }

  @Test
  void nobodyIsCalledManager() {
    noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?").check(CORE);
  }

  @Test
  void everyRoomSaysWhatMayBeNull() throws ClassNotFoundException {
    Set<String> packages =
        CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).hasSize(ARROWS.size());
    for (String name : packages) {
      Class<?> info = Class.forName(name + ".package-info");
      assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(500);
      }
    }
  }
}
