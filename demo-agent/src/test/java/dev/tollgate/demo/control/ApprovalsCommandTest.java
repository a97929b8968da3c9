package dev.tollgate.demo.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The operator answers at the terminal what a process left that has ended. */
class ApprovalsCommandTest {
  private static RunningIdp idp;
  @TempDir Path root;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final List<String> paid = new ArrayList<>();

  @BeforeAll
  static void startIdp() {
    idp = new RunningIdp();
  }

  @AfterAll
  static void stopIdp() {
    idp.close();
  }

  /** Runs the command as a shell would; what it prints is on the screen. */
  private int run(String... words) {
    screen.reset();
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new ApprovalsCommand(out, this::resume));
    line.setErr(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println("demo: " + e.getMessage());
          return 1;
        });
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--folder";
    all[words.length + 1] = root.toString();
    return line.execute(all);
  }

  private ToolResult resume(DemoFolder folder, dev.tollgate.approval.ApprovalRequest request)
      throws IOException {
    try (ControlBench next = new ControlBench(idp, folder, policies -> policies)) {
      ToolResult result = next.resume(request.id());
      paid.addAll(next.paid);
      return result;
    }
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private String left(String arguments) throws IOException {
    try (ControlBench run = new ControlBench(idp, root)) {
      return run.waiting(run.task(), arguments);
    }
  }

  private String operator() throws IOException {
    return "os:" + Files.getOwner(root).getName();
  }

  private void auditVerifies() throws IOException {
    assertThat(AuditCheck.of(DemoFolder.existing(root)).intact()).isTrue();
  }

  @Test
  void whatIsApprovedThereRunsOnceWhenItIsResumed() throws IOException {
    String id = left(ControlBench.PAYMENT);
    assertThat(run("list")).isZero();
    assertThat(screen()).contains(id, "pending", "bank_pay", "alice", "office-agent");
    assertThat(run("resume", id)).isEqualTo(1);
    assertThat(screen()).contains("approval_required");

    assertThat(run("approve", id)).isZero();

    assertThat(screen()).isEqualTo("approved by " + operator() + ": " + id + "\n");
    assertThat(run("list")).isZero();
    assertThat(screen()).contains(id, "approved");
    assertThat(run("resume", id)).isZero();
    assertThat(screen()).isEqualTo("ran: paid\n");
    assertThat(run("resume", id)).isEqualTo(1);
    assertThat(screen()).contains("approval_used");
    assertThat(paid).containsExactly(ControlBench.PAYMENT);
    assertThat(run("list")).isZero();
    assertThat(screen()).isEqualTo("Nothing waits in tenant acme.\n");
    assertThat(Files.readString(root.resolve("audit/acme.jsonl")))
        .contains("\"answer\":\"approve\",\"approver\":\"" + operator() + "\"");
    auditVerifies();
  }

  @Test
  void whatIsDeniedThereNeverRuns() throws IOException {
    String id = left(ControlBench.PAYMENT);
    assertThat(run("deny", id)).isZero();
    assertThat(screen()).startsWith("rejected by " + operator());
    assertThat(run("approve", id)).isEqualTo(1);
    assertThat(screen()).startsWith("refused: approval_answered.");
    assertThat(run("resume", id)).isEqualTo(1);
    assertThat(screen()).startsWith("refused: approval_rejected.");
    assertThat(paid).isEmpty();
    auditVerifies();
  }

  @Test
  void allArgumentsAreShownUncutAndNoneCanForgeTheScreen() throws IOException {
    String end = "the last word";
    String id =
        left(
            "{\"amount\":1,\"iban\":\"DE02120300000000202051\",\"reference\":\"\\u202eevil\\u2069"
                + "\\u001b[2J\\n\\u200bM\\u00fcller \\u05d0\\u3164"
                + "x".repeat(300)
                + end
                + "\",\"x\\n\\\"amount\\\" = 9\":true}");
    for (String what : List.of("list", "show " + id)) {
      assertThat(run(what.split(" ", -1))).isZero();
      assertThat(screen().replace("\n", "").replace("ü", "")).as(what).matches("[ -~…]*");
      assertThat(screen()).doesNotContain("\n\"amount\" = 9");
    }
    assertThat(screen())
        .contains(
            "\"\\u202eevil\\u2069\\u001b[2J\\n\\u200bMüller \\u05d0\\u3164x",
            end,
            "\"amount\" = 1\n",
            "request      Pay the rent.\n",
            "demanded by  pays-when-approved\n");
  }

  @Test
  void anotherTenantsAndUnknownOnesAreUnknown() throws IOException {
    String id = left(ControlBench.PAYMENT);
    for (String what : List.of("show", "approve", "deny", "resume")) {
      assertThat(run(what, id, "--tenant", "globex")).as(what).isEqualTo(1);
      assertThat(screen()).startsWith("refused: approval_unknown.");
      assertThat(run(what, "00000000-0000-0000-0000-000000000000")).isEqualTo(1);
      assertThat(screen()).startsWith("refused: approval_unknown.");
    }
    assertThat(run("list", "--tenant", "globex")).isZero();
    assertThat(screen()).doesNotContain(id);
    auditVerifies();
  }

  @Test
  void aFolderWithoutARunSaysWhatToDo() {
    assertThat(run("list")).isEqualTo(1);
    assertThat(screen()).contains("run the demo first, or name --folder");
  }

  @Test
  void aRunThatStillGoesOnIsLeftAlone() throws IOException {
    try (ControlBench running = new ControlBench(idp, root)) {
      String id = running.waiting();
      assertThat(run("approve", id)).isEqualTo(1);
      assertThat(screen()).contains("state:");
      assertThat(running.resumed(id)).isEqualTo("approval_required");
    }
  }

  @Test
  void keysThatOthersCanReadProveNothing() throws IOException {
    String id = left(ControlBench.PAYMENT);
    Files.setPosixFilePermissions(
        root.resolve("keys.jwks"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("approve", id)).isEqualTo(1);
    assertThat(screen()).contains("chmod 600");
    assertThat(run("resume", id)).isEqualTo(1);
    assertThat(screen()).contains("approval_required");
  }

  @Test
  void whatNeedsAnotherThanTheSubjectIsNotApprovedThereForItMayBeThem() throws IOException {
    String id;
    try (ControlBench run = new ControlBench(idp, DemoFolder.fresh(root), FourEyes::new)) {
      id = run.waiting();
    }
    assertThat(run("show", id)).isZero();
    assertThat(screen()).contains("answered by  anybody but its subject");
    assertThat(run("approve", id)).isEqualTo(1);
    assertThat(screen()).startsWith("refused: approver_is_subject.");
    assertThat(Files.readString(root.resolve("audit/acme.jsonl")))
        .contains(
            "\"answer\":\"refuse\",\"approver\":\""
                + operator()
                + "\",\"person\":true,\"actors\":[],\"reason\":\"approver_is_subject\"");
    assertThat(run("deny", id)).isZero();
    auditVerifies();
  }

  @Test
  void aNameCannotBeGiven() throws IOException {
    String id = left(ControlBench.PAYMENT);
    assertThat(run("approve", id, "--as", "bob")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("resume", id)).isEqualTo(1);
    assertThat(screen()).contains("approval_required");
  }
}
