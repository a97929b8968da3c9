package dev.tollgate;

import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.approval.TaskOrigin;
import dev.tollgate.audit.AuditEntry;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.audit.ShadowDecided;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.destination.DestinationReader;
import dev.tollgate.destination.UnreadableDestinationException;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.DigestedJson;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.json.StrictJson;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Dissent;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.NotSignedInException;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskLife;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.Tool;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes tasks, calls and their journals, with ids of the gate's own. */
final class CallFactory {
  private final GateClock clock;
  private final Supplier<Instant> now;
  private final GateLimits limits;
  private final AuditSink audit;
  private final KeyedDigest digest;
  private final StrictJson json;
  private final DestinationReader destinations;
  private final @Nullable AgentIdentity configuredAgent;
  private final Supplier<@Nullable Caller> callers;
  private final @Nullable Caller defaultCaller;
  private final String environment;
  private final String taskPrefix;
  private final String callPrefix;
  private final AtomicLong counter = new AtomicLong();

  CallFactory(ToolGateBuilder parts, AuditSink audit, KeyedDigest digest) {
    this.clock = parts.clock;
    this.now = clock::now;
    this.limits = parts.limits;
    this.audit = audit;
    this.digest = digest;
    this.json = new StrictJson(parts.limits.json());
    this.destinations = new DestinationReader(parts.manifest.zones());
    this.configuredAgent = parts.agent;
    this.callers = parts.callers;
    this.defaultCaller = parts.caller;
    this.environment = parts.environment;
    byte[] random = new byte[9];
    new SecureRandom().nextBytes(random);
    String own = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    this.taskPrefix = "t-" + own + "-";
    this.callPrefix = "c-" + own + "-";
  }

  Task startTask(
      Intent intent,
      @Nullable AgentIdentity agent,
      @Nullable Caller caller,
      @Nullable String conversationId) {
    Caller said = caller == null ? Caller.current() : caller;
    Caller found;
    try {
      found = said == null ? callers.get() : said;
    } catch (NotSignedInException e) {
      return startTaskOfNobody(intent, agent, conversationId);
    }
    return started(intent, agent, found == null ? defaultCaller : found, conversationId);
  }

  /** A task on nobody's behalf: no configured caller steps in. */
  Task startTaskOfNobody(
      Intent intent, @Nullable AgentIdentity agent, @Nullable String conversationId) {
    return started(intent, agent, null, conversationId);
  }

  private Task started(
      Intent intent,
      @Nullable AgentIdentity agent,
      @Nullable Caller known,
      @Nullable String conversationId) {
    String tenant = known == null ? "" : known.tenant();
    String id = id(taskPrefix);
    return new Task(
        id,
        new Conversation(tenant, conversationId == null ? id : conversationId),
        known,
        agent(agent),
        intent,
        digest.of(tenant, intent.text()),
        environment,
        clock.now(),
        clock.nanos() + limits.task().toNanos());
  }

  /** The task that a call was asked for in, as far as it can be known without it. */
  Task restored(ApprovalRequest request, Caller caller) {
    TaskOrigin origin = request.origin();
    return new Task(
        request.call().taskId(),
        new Conversation(request.call().tenant(), origin.conversation()),
        caller,
        origin.agent(),
        origin.intent(),
        origin.intentDigest(),
        environment, // of the gate that runs it: stores may be shared by several
        origin.startedAt(),
        clock.nanos() + Duration.between(clock.now(), origin.ends()).toNanos(),
        null,
        TaskLife.after(origin.history()));
  }

  /** What the operator configured, then what the framework calls its agent. */
  private AgentIdentity agent(@Nullable AgentIdentity named) {
    if (configuredAgent != null) {
      return configuredAgent;
    }
    return named == null ? AgentIdentity.of("agent") : named;
  }

  ToolCall propose(Proposal given) {
    Proposal proposal = byConfiguredAgent(given);
    Arguments arguments = arguments(tenant(proposal.task()), proposal.arguments());
    DeclaredDestination destination = DeclaredDestination.NONE;
    try {
      destination = destination(proposal.tool(), arguments);
    } catch (UnreadableDestinationException e) {
      arguments =
          new Arguments.Refused(
              ReasonCode.DESTINATION_UNREADABLE,
              String.valueOf(e.getMessage()),
              arguments.digest(),
              arguments.length());
    }
    return new ToolCall(id(callPrefix), proposal, arguments, destination);
  }

  /**
   * An adapter names the agents that work within a task. Where one was configured it acts, and is
   * revoked, whatever they are called. Of a call that waited it is known who asked.
   */
  private Proposal byConfiguredAgent(Proposal given) {
    Task task = given.task();
    return configuredAgent == null
            || task == null
            || task.agent().equals(configuredAgent)
            || given.approval() != null
        ? given
        : new Proposal(
            task.withAgent(configuredAgent),
            given.tool(),
            given.arguments(),
            given.frameworkId(),
            given.spanOwner());
  }

  private DeclaredDestination destination(Tool tool, Arguments arguments)
      throws UnreadableDestinationException {
    List<String> texts = List.of();
    if (arguments instanceof Arguments.Parsed parsed) {
      JsonValue.Members tree = parsed.tree();
      for (int i = 0; i < tree.size(); i++) {
        Argument known = tool.arguments().get(tree.name(i));
        if (known != null && known.destination()) {
          texts = texts.isEmpty() ? new ArrayList<>() : texts;
          texts(tree.value(i), texts);
        }
      }
    }
    return texts.isEmpty() && tool.zone() == null
        ? DeclaredDestination.NONE
        : destinations.read(texts, tool.zone());
  }

  private static void texts(JsonValue value, List<String> into)
      throws UnreadableDestinationException {
    if (value instanceof JsonValue.Text text) {
      into.add(text.value());
    } else if (value instanceof JsonValue.Array array) {
      for (JsonValue item : array.items()) {
        texts(item, into);
      }
    } else if (!(value instanceof JsonValue.Null)) {
      throw new UnreadableDestinationException("a destination is a text");
    }
  }

  private Arguments arguments(String tenant, String text) {
    // Frameworks write nothing at all for a tool without parameters.
    String written = text.isBlank() ? "{}" : text;
    try {
      JsonValue.Members tree = json.parseObject(written);
      DigestedJson canonical = digest.canonical(tenant, tree);
      return new Arguments.Parsed(tree, canonical.text(), canonical.digest(), text.length());
    } catch (JsonRefusedException e) {
      return new Arguments.Refused(
          e.reason(), String.valueOf(e.getMessage()), digest.of(tenant, text), text.length());
    }
  }

  CallJournal journal(
      ToolCall call, Decision decision, @Nullable ReasonCode reason, boolean enforced) {
    CallJournal journal = emptyJournal(call);
    journal.note(proposed(call));
    Basis basis = decision.basis();
    journal.note(
        new AuditRecord.Decided(
            decision.outcome(),
            reason == null ? "" : reason.code(),
            basis.decider(),
            basis.revision(),
            basis.policies(),
            basis.reasons(),
            obligations(decision),
            enforced));
    Dissent dissent = basis.dissent();
    if (dissent != null) {
      journal.note(
          new ShadowDecided(
              dissent.outcome(), dissent.reason(), dissent.revision(), dissent.policies()));
    }
    return journal;
  }

  /** Most decisions demand nothing. */
  private static List<String> obligations(Decision decision) {
    List<Obligation> demanded = Decision.obligations(decision);
    return demanded.isEmpty() ? List.of() : demanded.stream().map(Obligation::text).toList();
  }

  CallJournal emptyJournal(ToolCall call) {
    Task task = call.task();
    String tenant = tenant(task);
    return new CallJournal(
        audit,
        now,
        tenant.isEmpty() ? AuditEntry.UNASSIGNED : tenant,
        task == null ? "" : task.id(),
        call.id());
  }

  CallJournal journalOf(Admission admission) {
    return admission instanceof AdmittedCall admitted
        ? admitted.journal()
        : ((Refusal) admission).journal();
  }

  private static AuditRecord proposed(ToolCall call) {
    Task task = call.task();
    Caller caller = task == null ? null : task.caller();
    return new AuditRecord.Proposed(
        task == null ? "" : task.agent().id(),
        caller == null ? "" : caller.subject(),
        call.tool().name(),
        call.tool().source(),
        call.tool().definitionDigest(),
        call.arguments().digest(),
        call.arguments().length(),
        task == null ? "" : task.intentDigest(),
        task == null ? "" : task.intent().source().text(),
        task == null ? "" : task.conversation().id(),
        call.frameworkId() == null ? "" : call.frameworkId(),
        call.tool().remoteName());
  }

  private static String tenant(@Nullable Task task) {
    return task == null ? "" : task.conversation().tenant();
  }

  /** Unique, not secret: a random prefix of this gate and a counter. */
  private String id(String prefix) {
    return prefix + counter.incrementAndGet();
  }
}
