package dev.tollgate.demo.scenario;

import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.delegation.DelegationException;
import dev.tollgate.delegation.Grant;
import dev.tollgate.demo.agent.AgentLoop;
import dev.tollgate.demo.agent.AgentLoops;
import dev.tollgate.demo.agent.Colleague;
import dev.tollgate.demo.agent.ModelEndpoint;
import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.agent.Script;
import dev.tollgate.demo.console.CallRow;
import dev.tollgate.demo.idp.AgentKeys;
import dev.tollgate.demo.office.BankTransaction;
import dev.tollgate.demo.office.RunningOffice;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One scenario in one framework, while it is played. */
final class Stage implements AutoCloseable {
  static final String TENANT = "acme";
  private final Scenario scenario;
  private final ScenarioGate world;
  private final RunningOffice office;
  private final OpenTelemetry telemetry;
  private final @Nullable ModelEndpoint real;
  private final AgentLoop agent;
  private final @Nullable AgentLoop worker;
  private final String subjectToken;
  private final List<String> heard = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  Stage(
      Scenario scenario,
      String framework,
      ScenarioGate world,
      RunningOffice office,
      OpenTelemetry telemetry,
      @Nullable ModelEndpoint real) {
    this.scenario = scenario;
    this.world = world;
    this.office = office;
    this.telemetry = telemetry;
    this.real = real;
    this.worker = scenario.handsOn() ? agent(otherThan(framework), Colleague.NONE) : null;
    this.agent = agent(framework, scenario.handsOn() ? this::handOn : Colleague.NONE);
    this.subjectToken = office.subjectTokens().issue("alice");
    world.audit().forget(); // the probe calls, by which the adapters checked themselves
  }

  private AgentLoop agent(String name, Colleague colleague) {
    return AgentLoops.inOffice(name, world.gate(), office.uri("/"), colleague, telemetry, real);
  }

  /** The user asks, and the model does what the scenario says. */
  void ask() {
    ask(scenario.turns());
  }

  /** The user asks, and the model makes these calls, one list a turn. */
  void ask(List<List<PlannedCall>> turns) {
    Script script = new Script(turns);
    agent.ask(alice(), scenario.message(), script, scenario.streaming());
    heard.addAll(script.heard());
  }

  /** The call that waits longest for a person. */
  String waiting() {
    return desk().pending(TENANT).stream()
        .filter(request -> world.audit().taskIds().contains(request.call().taskId()))
        .map(ApprovalRequest::id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no call waits for approval"));
  }

  /** Bob looks at a call and says yes, over HTTP, signed in at the portal. */
  void approve(String approvalId) throws IOException {
    new PersonAtPortal(office, "bob").approve(world.gate(), approvalId);
  }

  /** The application goes on with a call that waited. */
  void resume(String approvalId) {
    heard.add(agent.resume(approvalId, alice()));
  }

  /** The bank answered with account numbers, and the model heard none. */
  void accountNumbersStayed() {
    List<String> numbers =
        office.account().transactions().stream().map(BankTransaction::iban).toList();
    boolean one = heard.stream().anyMatch(said -> numbers.stream().anyMatch(said::contains));
    boolean masked = heard.stream().anyMatch(said -> said.contains("***"));
    holds(
        !numbers.isEmpty() && masked && !one,
        "the bank answered " + numbers.size() + " account numbers, the model heard none",
        "the model heard an account number, or nothing of the statement");
  }

  /** Every call is on record with what the shadow set says of it. */
  void dissented(String said) {
    List<CallRow> rows = world.audit().rows();
    holds(
        !rows.isEmpty() && rows.stream().allMatch(row -> row.shadow().equals(said)),
        "on record, and not enforced: " + said,
        "the shadow set's answer is not on record");
  }

  private void holds(boolean holds, String what, String otherwise) {
    (holds ? shown : wrong).add(holds ? what : otherwise);
  }

  /** What else is worth showing. */
  List<String> shown() {
    return List.copyOf(shown);
  }

  /** What else went wrong. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Carol pulls the plug while the office works on the next request. */
  void revokeDuringNextRequest() {
    office
        .visitor()
        .expect(
            () -> {
              String task = world.audit().taskIds().iterator().next();
              var unused =
                  world.gate().killSwitch().revoke(RevocationTarget.task(TENANT, task), "carol");
            });
  }

  /** The planner's tool: part of its task goes to the worker, an agent of the other framework. */
  private String handOn(String work) {
    Task task = Task.current(); // the planner's, which the gate opened around this tool
    if (task == null || worker == null) {
      throw new IllegalStateException("no task or no worker here, so nothing can be handed on");
    }
    Grant grant = Grant.to(AgentKeys.WORKER).tools("mail_inbox").scopes("mail.read").calls(5);
    AgentIdentity receiver = new AgentIdentity(AgentKeys.WORKER, Set.of("office"));
    Script script = new Script(scenario.handedOn());
    try (Scope handed = accept(task, grant, receiver).open()) {
      String answer = worker.ask(alice(), work, script, false);
      heard.addAll(script.heard());
      return answer;
    }
  }

  private static String otherThan(String framework) {
    return AgentLoops.FRAMEWORKS.stream().filter(name -> !name.equals(framework)).toList().get(0);
  }

  private Task accept(Task task, Grant grant, AgentIdentity receiver) {
    try {
      String signed = world.gate().delegations().delegate(task, grant);
      return world.gate().delegations().accept(signed, alice(), receiver);
    } catch (DelegationException e) {
      throw new IllegalStateException("nothing was handed on: " + e.reason(), e);
    }
  }

  private ApprovalDesk desk() {
    ApprovalDesk desk = world.gate().approvals();
    if (desk == null) {
      throw new IllegalStateException("this gate asks nobody");
    }
    return desk;
  }

  private Caller alice() {
    return new Caller(TENANT, "alice", Secret.of(subjectToken));
  }

  String subjectToken() {
    return subjectToken;
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    agent.close();
    if (worker != null) {
      worker.close();
    }
  }
}
