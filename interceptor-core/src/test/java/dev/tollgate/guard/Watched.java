package dev.tollgate.guard;

import dev.tollgate.ToolCall;
import dev.tollgate.fixture.Bench;
import dev.tollgate.fixture.Clock;
import dev.tollgate.fixture.Policy;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.InMemoryStateStore;
import dev.tollgate.state.StateStore;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.CredentialNeed;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.ToolManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A guard with its parts, and calls to try it on. */
final class Watched {
  static final Duration HOUR = Duration.ofHours(1);
  private static final Argument STEERING = new Argument(ArgumentType.STRING, true);
  private static final Argument FREE = new Argument(ArgumentType.STRING, false);
  private static final Argument EUR = new Argument(ArgumentType.DECIMAL, true, "eur");
  static final ToolManifest TOOLS =
      new ToolManifest(
          List.of(
              listed("look", Map.of("id", STEERING, "note", FREE), null),
              listed("pay", Map.of("to", STEERING, "eur", EUR, "fee", EUR), Bench.need()),
              listed("give", Map.of("eur", EUR), null),
              listed(
                  "count", Map.of("eur", new Argument(ArgumentType.INTEGER, true, "eur")), null)));

  final Bench bench = new Bench(Policy.permit());
  final Clock clock = bench.clock;
  final StateStore state;
  final Revocations revocations;
  final Budgets budgets;
  final GuardStage stage;
  private final KillSwitch kill;

  Watched(GuardSettings settings) {
    this(settings, false, null);
  }

  /**
   * @param broken a store for the budgets; {@code null} for one that works
   */
  Watched(GuardSettings settings, boolean observe, @Nullable StateStore broken) {
    bench
        .builder
        .manifest(TOOLS)
        .guard(GuardSettings.OFF); // the stages here are tried without the gate
    InMemoryStateStore sound = new InMemoryStateStore(clock);
    state = broken == null ? sound : broken;
    revocations = new Revocations(sound, clock, HOUR);
    kill = new KillSwitch(revocations, target -> 0, bench.sink, clock);
    budgets = new Budgets(state, settings.limits(), HOUR);
    stage = new GuardStage(settings, budgets, revocations, kill, call -> false, clock, observe);
  }

  private static ListedTool listed(
      String name, Map<String, Argument> arguments, @Nullable CredentialNeed need) {
    return new ListedTool(
        name,
        null,
        Effect.READ,
        arguments,
        null,
        Sensitivity.INTERNAL,
        ResultTrust.TRUSTED,
        null,
        need);
  }

  static GuardSettings only(Limit... limits) {
    return GuardSettings.OFF.withLimits(limits);
  }

  Task task() {
    return task("acme", "alice", "office");
  }

  Task task(String tenant, String subject, String agent) {
    return bench
        .gate()
        .startTask(Intent.human("Go."), AgentIdentity.of(agent), Caller.of(tenant, subject), null);
  }

  ToolCall call(Task task, String tool, String arguments) {
    return bench.call(task, bench.tool(tool), arguments);
  }

  Decision decide(ToolCall call) {
    return stage.decide(List.of(call)).get(0);
  }

  Decision decide(Task task, String tool, String arguments) {
    return decide(call(task, tool, arguments));
  }

  /** {@code permit}, {@code needs_approval} or the reason of the denial. */
  static String said(Decision decision) {
    return decision instanceof Decision.Deny deny ? deny.reason().code() : decision.outcome();
  }

  String said(Task task, String tool, String arguments) {
    return said(decide(task, tool, arguments));
  }

  KillSwitch kill() {
    return kill;
  }

  @Nullable ReasonCode revoked(Task task) {
    return revocations.refuse(task);
  }
}
