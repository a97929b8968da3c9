package dev.tollgate.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.key.KeySource;
import dev.tollgate.spring.ToolGateAutoConfiguration;
import dev.tollgate.spring.actuate.TollgateEndpoint;
import dev.tollgate.spring.actuate.TollgateEndpointAutoConfiguration;
import dev.tollgate.spring.actuate.TollgateHealthAutoConfiguration;
import dev.tollgate.spring.actuate.TollgateMetricsAutoConfiguration;
import dev.tollgate.testkit.TestKeys;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.javapoet.ClassName;

/** Spring's ahead-of-time processing: the beans it writes down as code are the same gate. */
class AheadOfTimeTest {
  private static final String EXPOSED = "management.endpoints.web.exposure.include=tollgate";

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    ToolGateAutoConfiguration.class,
    TollgateEndpointAutoConfiguration.class,
    TollgateHealthAutoConfiguration.class,
    TollgateMetricsAutoConfiguration.class
  })
  static class Application {
    @Bean
    KeySource keys() {
      return TestKeys.inMemory();
    }
  }

  @Test
  void the_processed_context_has_the_gate_the_endpoint_and_the_start_report(@TempDir Path folder)
      throws Exception {
    RuntimeHints hints = new RuntimeHints();
    ClassName main;
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.register(Application.class);
      TestPropertyValues.of(EXPOSED).applyTo(context);
      DefaultGenerationContext generation =
          new DefaultGenerationContext(
              new ClassNameGenerator(ClassName.get(AheadOfTimeTest.class)),
              new FileSystemGeneratedFiles(folder),
              hints);
      main = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
      generation.writeGeneratedContent();
    }
    Path classes = compiled(folder);
    List<String> beans = ranFrom(classes, main.canonicalName());
    assertThat(beans)
        .contains("engine none", "tollgateStartReport", "tollgateEndpoint")
        .contains("tollgateHealthIndicator", "tollgateMeters");
    // Operators' calls reach the endpoint's methods by reflection.
    assertThat(hints.reflection().getTypeHint(TollgateEndpoint.class)).isNotNull();
  }

  /** In a class loader of its own, since the code belongs to our packages. */
  @SuppressWarnings("unchecked")
  private static List<String> ranFrom(Path classes, String initializer) throws Exception {
    List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      return ((Function<String, List<String>>)
              loader.loadClass(Processed.class.getName()).getDeclaredConstructor().newInstance())
          .apply(initializer);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Starts the context from the code that was written down. */
  public static final class Processed implements Function<String, List<String>> {
    @Override
    public List<String> apply(String initializer) {
      try (GenericApplicationContext context = new GenericApplicationContext()) {
        TestPropertyValues.of(EXPOSED).applyTo(context);
        initialize(Class.forName(initializer), context);
        context.refresh();
        List<String> found = new ArrayList<>(List.of(context.getBeanDefinitionNames()));
        found.add("engine " + context.getBean(ToolGate.class).status().engine());
        return found;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @SuppressWarnings("unchecked")
    private static void initialize(Class<?> type, GenericApplicationContext context)
        throws ReflectiveOperationException {
      ((ApplicationContextInitializer<GenericApplicationContext>)
              type.getDeclaredConstructor().newInstance())
          .initialize(context);
    }
  }

  private static Path compiled(Path folder) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("made"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    try (var sources = Files.walk(folder)) {
      sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failures).isZero();
    return classes;
  }

  @Test
  void a_native_image_keeps_the_schema_and_the_policy_sets() {
    RuntimeHints hints = new RuntimeHints();
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
        .load(RuntimeHintsRegistrar.class)
        .stream()
        .filter(one -> one.getClass().getName().startsWith("dev.tollgate."))
        .forEach(one -> one.registerHints(hints, getClass().getClassLoader()));
    assertThat(
            RuntimeHintsPredicates.resource()
                .forResource("dev/tollgate/tool/tool-manifest-v1.schema.json"))
        .accepts(hints);
    assertThat(
            RuntimeHintsPredicates.resource()
                .forResource("dev/tollgate/cedar/sets/permit-all/permit-all.cedar"))
        .accepts(hints);
    assertThat(RuntimeHintsPredicates.resource().forResource("application.yaml")).rejects(hints);
  }
}
