package dev.tollgate.springai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolGate;
import dev.tollgate.ToolGateBuilder;
import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.task.Caller;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.context.ApplicationContext;

/** Calls that wait for a person, and the person. */
final class Waiting {
  static final Caller ALICE = Caller.of("acme", "alice");
  private static final Approver BOB = Approver.person("acme", "bob", null);

  private Waiting() {}

  /** An application whose policy asks a person about the named tools and permits the others. */
  static Application application(String... tools) {
    Set<String> named = Set.of(tools);
    return new Application(
        ScriptedPolicy.of(
            request -> {
              Basis basis = new Basis("scripted", "r1", List.of("secret-rule"));
              return named.contains(request.tool().name())
                  ? new Decision.NeedsApproval(basis, List.of())
                  : Decision.permit(basis);
            }));
  }

  static ToolGateBuilder gate(Application app) {
    return TestGates.gate(app.policy, app.audit).approvals(10, Duration.ofMinutes(10));
  }

  static String ask(boolean streamed, ApplicationContext context, Object... tools) {
    ChatClient.ChatClientRequestSpec request =
        Application.client(context).prompt().user("go").tools(tools);
    return String.valueOf(
        streamed ? request.stream().content().blockLast() : request.call().content());
  }

  static String resume(ApplicationContext context, String id, Object... tools) {
    return context.getBean(ApprovedCalls.class).resume(id, ALICE, callbacks(tools));
  }

  /** As {@code tools(…)} of a chat takes them. */
  static List<ToolCallback> callbacks(Object... tools) {
    return List.of(tools).stream()
        .flatMap(
            tool ->
                tool instanceof ToolCallback callback
                    ? List.of(callback).stream()
                    : List.of(ToolCallbacks.from(tool)).stream())
        .toList();
  }

  /** The one call that waits. */
  static String id(ApplicationContext context) {
    var pending = desk(context).pending("acme");
    assertThat(pending).hasSize(1);
    return pending.get(0).id();
  }

  static void approve(ApplicationContext context, String id) {
    assertThat(desk(context).approve("acme", id, BOB)).isInstanceOf(ApprovalAnswer.Taken.class);
  }

  /** Bob says yes to the one call that waits. */
  static String approved(ApplicationContext context) {
    String id = id(context);
    approve(context, id);
    return id;
  }

  private static ApprovalDesk desk(ApplicationContext context) {
    return requireNonNull(context.getBean(ToolGate.class).approvals());
  }
}
