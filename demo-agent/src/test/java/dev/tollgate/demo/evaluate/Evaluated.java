package dev.tollgate.demo.evaluate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a user runs it, and what it left. */
record Evaluated(int exit, String shown, String failure, Path report, Path page) {

  /** Evaluates a file with policies, one framework unless the options name another. */
  static Evaluated of(Path temp, Path traces, String policies, String... options)
      throws IOException {
    Path manifest = Files.writeString(temp.resolve("garden.yaml"), Traces.MANIFEST);
    Path report = temp.resolve("report.json");
    List<String> line =
        new ArrayList<>(
            List.of(
                "--traces=" + traces,
                "--policies=" + policies,
                "--manifest=" + manifest,
                "--report=" + report,
                "--folder=" + temp.resolve("run")));
    line.addAll(List.of(options));
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    StringWriter failure = new StringWriter();
    int exit =
        new CommandLine(new EvaluateCommand(out))
            .setErr(new PrintWriter(failure, true))
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  failure.write(String.valueOf(e.getMessage()));
                  return 1;
                })
            .execute(line.toArray(String[]::new));
    String shown = screen.toString(StandardCharsets.UTF_8);
    return new Evaluated(exit, shown, failure.toString(), report, temp.resolve("report.html"));
  }

  /** The same with LangChain4j only. */
  static Evaluated quick(Path temp, Path traces, String policies) throws IOException {
    return of(temp, traces, policies, "--framework=langchain4j");
  }

  JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(report));
  }

  /** The first run's total. */
  JsonNode total() throws IOException {
    return json().get("runs").get(0).get("total");
  }

  String html() throws IOException {
    return Files.readString(page);
  }
}
