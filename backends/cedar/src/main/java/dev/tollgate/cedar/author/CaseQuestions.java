package dev.tollgate.cedar.author;

import dev.tollgate.cedar.Question;
import dev.tollgate.destination.DeclaredDestination;
import dev.tollgate.destination.DestinationReader;
import dev.tollgate.destination.UnreadableDestinationException;
import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.CallFacts;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import dev.tollgate.yaml.YamlPlace;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the question of a case: a live request of a first call by a named agent on behalf of a
 * named subject, in which the case replaces what it says.
 */
final class CaseQuestions {
  /** A Monday, noon. */
  static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");

  private static final String SOURCE = "cases";

  /** A question about a tool. */
  record Asked(Tool tool, Question question) {}

  private final ToolManifest manifest;
  private final AttributeVocabulary vocabulary;
  private final DestinationReader destinations;

  CaseQuestions(ToolManifest manifest) {
    this.manifest = manifest;
    this.vocabulary = new AttributeVocabulary(manifest);
    this.destinations = new DestinationReader(manifest.zones());
  }

  /**
   * @param anyType whether arguments may be of a wrong type: the case is about that
   */
  Asked read(YamlPlace at, boolean anyType) {
    YamlPlace attributes = at.find("attributes");
    Tool tool = tool(at, CaseAttributes.annotations(attributes));
    JsonValue.Members arguments = arguments(at.find("args"), tool, anyType);
    PolicyRequest request =
        new PolicyRequest(
            "case", task(at), tool, arguments, instant(at), facts(at, tool, arguments));
    return new Asked(
        tool, CaseAttributes.over(Question.of(request), attributes, tool.arguments(), vocabulary));
  }

  private Tool tool(YamlPlace at, Set<String> annotations) {
    YamlPlace name = at.require("tool");
    YamlPlace source = at.find("source");
    YamlPlace unlisted = at.find("unlisted");
    Set<String> known = new TreeSet<>();
    ListedTool first = null;
    for (ListedTool listed : manifest.tools()) {
      known.add(listed.name());
      if (listed.name().equals(name.text())) {
        first = first == null ? listed : first;
      }
    }
    String named =
        source != null
            ? source.text()
            : first == null || first.source() == null ? null : first.source();
    ToolDefinition definition = locked(name, named, annotations);
    String from = definition.source();
    Tool tool = manifest.describe(definition);
    if (tool.standing() == Tool.Standing.UNLOCKED) {
      throw name.refuse(
          "the lock holds no tool '"
              + name.text()
              + "' of source '"
              + from
              + "': its calls are denied before a policy is asked");
    }
    boolean meant = unlisted != null && unlisted.bool();
    if (tool.standing() != Tool.Standing.LISTED && !meant) {
      throw name.refuse(
          "the manifest lists no tool '"
              + name.text()
              + "' of source '"
              + from
              + "'"
              + CaseReader.like(name.text(), known)
              + "; say unlisted: true if that is meant");
    }
    if (tool.standing() == Tool.Standing.LISTED && meant) {
      throw name.refuse("the manifest lists this tool");
    }
    return tool;
  }

  /** As the lock holds it, if there is a lock; of which nothing is left out for a case's sake. */
  private ToolDefinition locked(YamlPlace name, @Nullable String from, Set<String> annotations) {
    List<ToolDefinition> held =
        manifest.lock() == null
            ? List.of()
            : manifest.lock().definitions().stream()
                .filter(one -> one.name().equals(name.text()))
                .filter(one -> from == null || one.source().equals(from))
                .toList();
    if (held.size() > 1) {
      throw name.refuse("the lock holds this tool from several sources: say source:");
    }
    String source = from == null ? SOURCE : from;
    if (held.isEmpty()) {
      return new ToolDefinition(name.text(), "", "", source, annotations);
    }
    ToolDefinition one = held.get(0);
    if (!annotations.isEmpty() && !annotations.equals(one.annotations())) {
      throw name.refuse("the lock holds it with other annotations than tool.annotations says");
    }
    return one;
  }

  private static Task task(YamlPlace at) {
    return new Task(
        "task",
        new Conversation("tenant", "conversation"),
        Caller.of("tenant", "subject"),
        agent(at.find("agent")),
        Intent.human(""),
        "",
        "unspecified",
        instant(at),
        0);
  }

  private static AgentIdentity agent(@Nullable YamlPlace at) {
    if (at == null) {
      return AgentIdentity.of("agent");
    }
    at.allowOnly("id", "groups", "owner");
    YamlPlace id = at.find("id");
    YamlPlace owner = at.find("owner");
    YamlPlace list = at.find("groups");
    Set<String> groups = new HashSet<>();
    if (list != null) {
      list.items().forEach(group -> groups.add(group.text()));
    }
    return new AgentIdentity(
        id == null ? "agent" : id.text(), groups, owner == null ? null : owner.text(), null, null);
  }

  private static Instant instant(YamlPlace at) {
    YamlPlace when = at.find("at");
    try {
      return when == null ? AT : Instant.parse(when.text());
    } catch (DateTimeParseException e) {
      throw at.refuse("at: must be a time such as \"2026-01-05T12:00:00Z\"");
    }
  }

  private JsonValue.Members arguments(@Nullable YamlPlace at, Tool tool, boolean anyType) {
    if (at == null) {
      return JsonValue.object(Map.of());
    }
    Map<String, YamlPlace> members = at.members();
    members.forEach(
        (name, value) -> {
          Argument declared = tool.arguments().get(name);
          if (declared == null && !reviewed(tool)) {
            throw value.refuse(
                "the manifest declares no such argument"
                    + CaseReader.like(name, tool.arguments().keySet()));
          }
          if (declared != null && !anyType && !declared.type().fits(value.json())) {
            throw value.refuse("must be of type " + declared.type().text());
          }
        });
    return (JsonValue.Members) at.json();
  }

  /** Whether policies may read more of its arguments than the manifest declares. */
  private boolean reviewed(Tool tool) {
    return manifest.tools().stream()
        .anyMatch(one -> one.name().equals(tool.name()) && one.inputSchema() != null);
  }

  /** What the gate itself makes of the arguments. */
  private CallFacts facts(YamlPlace at, Tool tool, JsonValue.Members arguments) {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, Argument> one : tool.arguments().entrySet()) {
      JsonValue value = arguments.get(one.getKey());
      if (one.getValue().destination() && value != null) {
        texts(value, texts);
      }
    }
    if (texts.isEmpty() && tool.zone() == null) {
      return CallFacts.NONE;
    }
    try {
      DeclaredDestination destination = destinations.read(texts, tool.zone());
      return new CallFacts() {
        @Override
        public DeclaredDestination destination() {
          return destination;
        }
      };
    } catch (UnreadableDestinationException e) {
      throw at.refuse("args: the gate denies this before it asks (destination_unreadable)");
    }
  }

  private static void texts(JsonValue value, List<String> into) {
    if (value instanceof JsonValue.Text text) {
      into.add(text.value());
    } else if (value instanceof JsonValue.Array array) {
      array.items().forEach(item -> texts(item, into));
    }
  }
}
