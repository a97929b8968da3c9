package dev.tollgate.demo.control;

import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.Approver;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.json.Shown;
import dev.tollgate.reason.ReasonCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Approvals of a run whose process has ended. */
@Command(
    name = "approvals",
    description =
        "Shows and answers the calls that wait for a person, after a run has ended. Who answers is"
            + " the operating system's user, recorded as os:<name>: the system has authenticated"
            + " them, and lets them read the folder's keys (mode 0600). No name can be given.",
    mixinStandardHelpOptions = true)
public final class ApprovalsCommand {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Option(
      names = "--folder",
      defaultValue = ".demo",
      scope = ScopeType.INHERIT,
      description = "where the run left its keys, state and audit (.demo)")
  Path folder = Path.of(".demo");

  @Option(
      names = "--tenant",
      defaultValue = "acme",
      scope = ScopeType.INHERIT,
      description = "whose approvals (acme)")
  String tenant = "acme";

  private final PrintStream out;
  private final @Nullable Resumer resumer;

  public ApprovalsCommand() {
    this(OUT, null);
  }

  /**
   * A command that can resume.
   *
   * @param resumer runs approved calls; {@code null} if nothing here can
   */
  public ApprovalsCommand(PrintStream out, @Nullable Resumer resumer) {
    this.out = out;
    this.resumer = resumer;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "What waits, and what was approved and has not run.")
  int list() throws IOException {
    try (FolderDesk desk = FolderDesk.open(place())) {
      out.print(ApprovalsPage.list(tenant, desk.open(tenant)));
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One call, with all of its arguments.")
  int show(@Parameters(paramLabel = "ID") String id) throws IOException {
    ApprovalRequest request = find(id);
    out.print(
        request == null
            ? ApprovalsPage.refused(ReasonCode.APPROVAL_UNKNOWN)
            : ApprovalsPage.show(request));
    return request == null ? 1 : 0;
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Says yes to one call. It runs when it is resumed.")
  int approve(@Parameters(paramLabel = "ID") String id) throws IOException {
    return answer(id, true);
  }

  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      description = "Says no to one call; it stays refused for its task.")
  int deny(@Parameters(paramLabel = "ID") String id) throws IOException {
    return answer(id, false);
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Runs an approved call, once.")
  int resume(@Parameters(paramLabel = "ID") String id) throws IOException {
    if (resumer == null) {
      throw new IOException("nothing here can run the call; its application resumes it");
    }
    ApprovalRequest request = find(id); // closed again: the gate needs state and audit for itself
    if (request == null) {
      out.print(ApprovalsPage.refused(ReasonCode.APPROVAL_UNKNOWN));
      return 1;
    }
    ToolResult result = resumer.resume(place(), request);
    if (result instanceof ToolResult.Denied denied) {
      out.print(ApprovalsPage.refused(denied.denial().reason()));
      return 1;
    }
    if (result instanceof ToolResult.Returned returned && !returned.error()) {
      out.println("ran: " + Shown.text(returned.text()));
      return 0;
    }
    out.println("ran, and failed; the approval is used up");
    return 1;
  }

  private int answer(String id, boolean yes) throws IOException {
    DemoFolder place = place();
    try (FolderDesk open = FolderDesk.open(place)) {
      Approver operator = Operator.of(place).approver(tenant);
      ApprovalAnswer answer = open.answer(id, yes, operator);
      out.print(ApprovalsPage.answered(answer));
      return answer instanceof ApprovalAnswer.Taken ? 0 : 1;
    }
  }

  private @Nullable ApprovalRequest find(String id) throws IOException {
    try (FolderDesk open = FolderDesk.open(place())) {
      return open.find(tenant, id).orElse(null);
    }
  }

  private DemoFolder place() {
    return DemoFolder.existing(folder);
  }
}
