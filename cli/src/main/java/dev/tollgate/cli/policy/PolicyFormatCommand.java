package dev.tollgate.cli.policy;

import dev.tollgate.cedar.CedarPolicyException;
import dev.tollgate.cedar.PolicyFormat;
import dev.tollgate.json.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code policy format}: lays policies out; what it cannot lay out without loss it leaves alone.
 */
@Command(
    name = "format",
    description = "Lays out policies; without an option it prints them.",
    mixinStandardHelpOptions = true)
final class PolicyFormatCommand implements Callable<Integer> {
  /** One or the other. */
  static final class Mode {
    @Option(names = "--check", description = "changes nothing; ends with 1 if it would")
    boolean check;

    @Option(names = "--write", description = "writes the files")
    boolean write;
  }

  @ParentCommand PolicyCommand policy = new PolicyCommand();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|FOLDER",
      description = "files, or folders with *.cedar files")
  List<Path> places = new ArrayList<>();

  @ArgGroup Mode mode = new Mode();

  @Override
  public Integer call() throws IOException {
    boolean good = true;
    for (Path file : files()) {
      try {
        good &= format(file);
      } catch (CedarPolicyException e) {
        e.problems().forEach(problem -> policy.err().println(Shown.lines(problem)));
        good = false;
      } catch (CharacterCodingException e) {
        policy.err().println(Shown.text(file + ": is not UTF-8"));
        good = false;
      }
    }
    return good ? 0 : 1;
  }

  private boolean format(Path file) throws IOException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
            .toString();
    String laidOut = PolicyFormat.format(file.toString(), text);
    PrintWriter out = policy.out();
    boolean same = laidOut.equals(text);
    if (mode.check) {
      if (!same) {
        out.println(Shown.text(file + ": is not laid out; use --write"));
      }
      return same;
    }
    if (!mode.write) {
      out.print(laidOut); // the file's own text; its invisible characters were refused
      out.flush();
    } else if (!same) {
      Files.writeString(file, laidOut);
      out.println(Shown.text(file + ": laid out"));
    }
    return true;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> inside = Files.list(place)) {
          inside.filter(file -> file.toString().endsWith(".cedar")).sorted().forEach(files::add);
        }
      } else if (Files.isRegularFile(place)) {
        files.add(place);
      } else {
        throw new NoSuchFileException(place.toString());
      }
    }
    return files;
  }
}
