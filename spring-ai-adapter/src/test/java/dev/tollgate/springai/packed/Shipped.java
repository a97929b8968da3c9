package dev.tollgate.springai.packed;

import dev.tollgate.springai.TollgateAutoConfiguration;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** Makes of the application what is shipped, from the class path of this test. */
record Shipped(Path folder) {

  /** Where a class comes from: a jar, or the folder of a module that has not been packed yet. */
  static Path origin(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** All but the tests, and but AspectJ: an application that an agent weaves has none. */
  private static List<Path> libraries() {
    return classPath()
        .filter(path -> !path.getFileName().toString().startsWith("aspectj"))
        .toList();
  }

  /** With the runtime that what is woven when it is built needs. */
  static List<Path> wovenLibraries() {
    return classPath()
        .filter(path -> !path.getFileName().toString().matches("aspectj(tools|weaver)-.*"))
        .toList();
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> Files.exists(path) && !path.equals(origin(Shop.class)));
  }

  /** The application's own classes and nothing else of these tests. */
  private Path classes() throws IOException {
    Path from = origin(Shop.class);
    Path to = folder.resolve("classes");
    try (Stream<Path> all = Files.list(from.resolve(Path.of("dev/tollgate/springai/packed")))) {
      for (Path one :
          all.filter(path -> path.getFileName().toString().startsWith("Shop")).toList()) {
        Path copy = to.resolve(from.relativize(one).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(one, copy);
      }
    }
    return to;
  }

  /** As {@code spring-boot:repackage} makes it. */
  Path jar() throws IOException {
    List<Library> libraries = new ArrayList<>();
    for (Path path : libraries()) {
      File file =
          (Files.isDirectory(path) ? zipped(path, "lib" + libraries.size() + ".jar") : path)
              .toFile();
      libraries.add(new Library(file, LibraryScope.COMPILE));
    }
    Path shop = folder.resolve("shop.jar");
    Repackager repackager = new Repackager(zipped(classes(), "plain.jar").toFile());
    repackager.setMainClass(Shop.class.getName());
    repackager.repackage(
        shop.toFile(),
        callback -> {
          for (Library library : libraries) {
            callback.library(library);
          }
        });
    return shop;
  }

  private Path zipped(Path classes, String name) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(
            new ZipEntry(classes.relativize(one).toString().replace(File.separatorChar, '/')));
        Files.copy(one, zip);
      }
    }
    return jar;
  }

  /** As the Maven plugin weaves it, with the libraries that docs/weaving.md names. */
  Path woven() throws IOException {
    Path adapter = origin(TollgateAutoConfiguration.class);
    Path out = folder.resolve("woven");
    MessageHandler messages = new MessageHandler();
    new Main()
        .run(
            new String[] {
              "-inpath",
              path(
                  List.of(
                      classes(),
                      origin(ToolCallingManager.class),
                      origin(ChatClient.class),
                      adapter)),
              "-aspectpath",
              adapter.toString(),
              "-classpath",
              path(wovenLibraries()),
              "-d",
              out.toString(),
              "-17",
              "-Xlint:ignore"
            },
            messages);
    if (messages.hasAnyMessage(IMessage.ERROR, true)) {
      throw new IllegalStateException(messages.getUnmodifiableListView().toString());
    }
    return out;
  }

  static String path(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }
}
