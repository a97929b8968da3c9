package dev.tollgate.policy;

import dev.tollgate.delegation.VerifiedDelegation;
import dev.tollgate.destination.Connection;
import dev.tollgate.policy.PolicyAttribute.Presence;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Task;
import dev.tollgate.task.TaskHistory;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every attribute that policies may read, once. Schemas, requests, the audit and {@code
 * docs/policy-reference.md} are made from it or held against it.
 */
public final class AttributeCatalogue {
  /** The record that holds a tool's arguments, each typed by the tool. */
  public static final String ARGUMENTS = "args";

  /** The record that says of each steering argument where its value came from. */
  public static final String PROVENANCE = "provenance";

  /** All of them, in the order of the page. */
  public static final List<PolicyAttribute> ALL = all();

  /** The same by record. */
  public static final Map<String, List<PolicyAttribute>> BY_RECORD =
      ALL.stream()
          .collect(
              Collectors.groupingBy(
                  PolicyAttribute::record, LinkedHashMap::new, Collectors.toUnmodifiableList()));

  /** Tells this catalogue from those of other versions: what an older one lacks is not absent. */
  public static final String VERSION =
      Integer.toHexString(ALL.stream().map(PolicyAttribute::path).sorted().toList().hashCode());

  private final List<PolicyAttribute> attributes = new ArrayList<>();
  private String record = "";
  private String authzen = "";

  private AttributeCatalogue() {}

  /** Whether a record is in every request, though perhaps empty. */
  public static boolean always(String record) {
    return BY_RECORD.getOrDefault(record, List.of()).stream()
        .anyMatch(attribute -> attribute.presence() == Presence.ALWAYS);
  }

  private static List<PolicyAttribute> all() {
    AttributeCatalogue catalogue = new AttributeCatalogue();
    catalogue.who();
    catalogue.what();
    catalogue.where();
    catalogue.when();
    return List.copyOf(catalogue.attributes);
  }

  private void who() {
    in("subject", "subject.properties.subject");
    add("id", AttributeType.TEXT, "on whose behalf", r -> caller(r).subject());
    add("tenant", AttributeType.TEXT, "the tenant", r -> caller(r).tenant());
    in("agent", "subject.properties.agent");
    add("id", AttributeType.TEXT, "who acts; also the principal", r -> r.task().agent().id());
    maybe("owner", AttributeType.TEXT, "who answers for the agent", r -> r.task().agent().owner());
    in("model", "subject.properties.model");
    maybe("name", AttributeType.TEXT, "the model it runs on", r -> r.task().agent().model());
    maybe(
        "configuration",
        AttributeType.TEXT,
        "a digest of the prompt and model configuration",
        r -> r.task().agent().configuration());
    in("delegation", "context.delegation");
    with("depth", AttributeType.WHOLE, "hops from the user's own task, from 1", d -> depth(d));
    with("root", AttributeType.TEXT, "the agent that the user asked", d -> d.hops().get(0).from());
    with("actors", AttributeType.TEXTS, "the agents that handed it on", d -> actors(d));
    in("task", "context.task");
    add("id", AttributeType.TEXT, "the task", r -> r.task().id());
    add("ageSeconds", AttributeType.WHOLE, "since the user asked", r -> age(r));
    add("calls", AttributeType.WHOLE, "calls decided before this one", r -> history(r).calls());
    add("denials", AttributeType.WHOLE, "of them denied", r -> history(r).denials());
    add(
        "drift",
        AttributeType.WHOLE,
        "how often it was stepped up for going in circles",
        r -> (long) history(r).warnings());
    in("intent", "context.intent");
    add(
        "source",
        AttributeType.TEXT,
        "`human`, `operator` or `event`",
        r -> r.task().intent().source().text());
    maybe(
        "effects",
        AttributeType.TEXTS,
        "the effects that were asked for, where whoever started the task said so",
        r -> effects(r.task().intent().effects()));
  }

  private void what() {
    in("tool", "action.properties");
    add("name", AttributeType.TEXT, "its name in the registry", r -> r.tool().name());
    add("source", AttributeType.TEXT, "where it comes from", r -> r.tool().source());
    add("effect", AttributeType.TEXT, "what it does to the world", r -> r.tool().effect().text());
    add(
        "sensitivity",
        AttributeType.TEXT,
        "how sensitive the data is",
        r -> r.tool().sensitivity().text());
    add(
        "listed",
        AttributeType.YES_NO,
        "whether the manifest lists it",
        r -> r.tool().standing() == Tool.Standing.LISTED);
    add(
        "definition",
        AttributeType.TEXT,
        "the digest of its definition",
        r -> r.tool().definitionDigest());
    add(
        "pinned",
        AttributeType.YES_NO,
        "whether a person pinned that digest",
        r -> r.tool().pinnedDigest() != null);
    add(
        "legacySecret",
        AttributeType.YES_NO,
        "whether it works with a standing secret of its own",
        r -> r.tool().legacySecret());
    maybe(
        "annotations",
        AttributeType.TEXTS,
        "what its server says of it, such as `readOnlyHint:true`",
        r -> r.tool().annotations().isEmpty() ? null : r.tool().annotations());
    in("sequence", "context.sequence");
    add(
        "effects",
        AttributeType.TEXTS,
        "the effects of this task's calls so far",
        r -> history(r).effects());
    add(
        "sensitivities",
        AttributeType.TEXTS,
        "the sensitivity of what it has read",
        r -> history(r).sensitivities());
    add(
        "trust",
        AttributeType.TEXTS,
        "who may have written what it has read: `trusted`, `structured`, `untrusted`",
        r -> history(r).trust());
    add("zones", AttributeType.TEXTS, "the trust zones it has sent to", r -> history(r).zones());
    add(
        "labels",
        AttributeType.TEXTS,
        "labels that policies put on what it has read",
        r -> history(r).labels());
  }

  private void where() {
    in("destination", "resource.properties");
    masked(
        "declared",
        AttributeType.TEXTS,
        "the hosts that the arguments name, in canonical form",
        r -> some(r.facts().destination().hosts()));
    masked(
        "within",
        AttributeType.TEXTS,
        "the domains that all of these hosts lie in",
        r -> some(r.facts().destination().within()));
    maybe(
        "zones",
        AttributeType.TEXTS,
        "the trust zones of these hosts and of the tool",
        r -> some(r.facts().destination().zones()));
    masked(
        "connected",
        AttributeType.TEXT,
        "the host that a client is about to connect to",
        r -> connection(r, Connection::host));
    masked(
        "address",
        AttributeType.ADDRESS,
        "the address of that host that it will use",
        r -> connection(r, c -> c.address().getHostAddress()));
    maybe(
        "connectedZone",
        AttributeType.TEXT,
        "the trust zone of that host",
        r -> connection(r, Connection::zone));
    maybe(
        "redirects",
        AttributeType.WHOLE,
        "how many redirects led to it",
        r -> connection(r, c -> (long) c.redirects()));
    in("environment", "context.environment");
    add("", AttributeType.TEXT, "`tollgate.environment`", r -> r.task().environment());
  }

  private void when() {
    in("time", "context.time");
    add("epochSeconds", AttributeType.WHOLE, "seconds since 1970", r -> r.at().getEpochSecond());
    add("hour", AttributeType.WHOLE, "0 to 23, UTC", r -> (long) utc(r).getHour());
    add("minute", AttributeType.WHOLE, "0 to 59", r -> (long) utc(r).getMinute());
    add(
        "weekday",
        AttributeType.WHOLE,
        "1 (Monday) to 7, UTC",
        r -> (long) utc(r).getDayOfWeek().getValue());
    in("approval", "context.approval");
    approval("approver", AttributeType.TEXT, "who approved this very call", Approved::by);
    approval(
        "roles", AttributeType.TEXTS, "the roles they had when they approved it", Approved::roles);
    in("endorsement", "context.endorsement");
    put(
        "effects",
        AttributeType.TEXTS,
        Presence.NOT_YET,
        false,
        "the effects that a person's word covers",
        r -> null);
    in("budget", "context.budget");
    maybe(
        "calls",
        AttributeType.WHOLE,
        "calls left in the task's budget",
        r -> r.facts().callsLeft());
    maybe(
        "denials",
        AttributeType.WHOLE,
        "denials left in the task's budget",
        r -> r.facts().denialsLeft());
  }

  private void in(String name, String place) {
    record = name;
    authzen = place;
  }

  private void add(
      String member,
      AttributeType type,
      String meaning,
      Function<PolicyRequest, @Nullable Object> reader) {
    put(member, type, Presence.ALWAYS, false, meaning, reader);
  }

  private void maybe(
      String member,
      AttributeType type,
      String meaning,
      Function<PolicyRequest, @Nullable Object> reader) {
    put(member, type, Presence.SOMETIMES, false, meaning, reader);
  }

  private void masked(
      String member,
      AttributeType type,
      String meaning,
      Function<PolicyRequest, @Nullable Object> reader) {
    put(member, type, Presence.SOMETIMES, true, meaning, reader);
  }

  private void with(
      String member,
      AttributeType type,
      String meaning,
      Function<VerifiedDelegation, Object> reader) {
    put(
        member,
        type,
        Presence.WITH_RECORD,
        false,
        meaning,
        r -> r.task().delegation() instanceof VerifiedDelegation d ? reader.apply(d) : null);
  }

  private void approval(
      String member, AttributeType type, String meaning, Function<Approved, Object> reader) {
    put(
        member,
        type,
        Presence.WITH_RECORD,
        false,
        meaning,
        r -> {
          Approved approved = r.facts().approval();
          return approved == null ? null : reader.apply(approved);
        });
  }

  private void put(
      String member,
      AttributeType type,
      Presence presence,
      boolean masked,
      String meaning,
      Function<PolicyRequest, @Nullable Object> reader) {
    String place = member.isEmpty() ? authzen : authzen + "." + member;
    attributes.add(
        new PolicyAttribute(record, member, type, presence, masked, place, meaning, reader));
  }

  private static Caller caller(PolicyRequest request) {
    Caller caller = request.task().caller();
    if (caller == null) {
      throw new IllegalArgumentException("a request has a caller");
    }
    return caller;
  }

  private static TaskHistory history(PolicyRequest request) {
    TaskHistory then = request.facts().history();
    return then == null ? request.task().life().history() : then;
  }

  private static long age(PolicyRequest request) {
    Task task = request.task();
    return Duration.between(task.startedAt(), request.at()).toSeconds();
  }

  private static ZonedDateTime utc(PolicyRequest request) {
    return request.at().atZone(ZoneOffset.UTC);
  }

  private static Object depth(VerifiedDelegation delegation) {
    return (long) delegation.hops().size();
  }

  private static Set<String> actors(VerifiedDelegation delegation) {
    Set<String> actors = new LinkedHashSet<>();
    delegation.hops().forEach(hop -> actors.add(hop.from()));
    return actors;
  }

  private static @Nullable Set<String> effects(@Nullable Set<Effect> effects) {
    return effects == null
        ? null
        : effects.stream().map(Effect::text).collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Object some(Set<String> texts) {
    return texts.isEmpty() ? null : texts;
  }

  private static @Nullable Object connection(
      PolicyRequest request, Function<Connection, Object> reader) {
    Connection connection = request.facts().connection();
    return connection == null ? null : reader.apply(connection);
  }
}
