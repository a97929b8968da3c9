package dev.tollgate.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads files into policies, each with its id, its place and its annotations. */
final class PolicyReader {
  /** Annotations that policies may carry. A mistyped obligation would be one that nobody meets. */
  private static final Set<String> ANNOTATIONS =
      Set.of("id", "obligation", "description", "reason", "owner");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<LoadedPolicy> policies = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private PolicyReader() {}

  /**
   * @throws CedarPolicyException if one does not parse; it names them all
   */
  static List<LoadedPolicy> read(List<PolicySource> sources) {
    PolicyReader reader = new PolicyReader();
    sources.forEach(reader::file);
    if (!reader.problems.isEmpty()) {
      throw new CedarPolicyException(reader.problems);
    }
    return reader.policies;
  }

  private void file(PolicySource source) {
    int before = problems.size();
    deceivingCharacters(source);
    int number = 0;
    List<PolicySplitter.Piece> pieces = PolicySplitter.split(source.text());
    for (PolicySplitter.Piece piece : pieces) {
      number++;
      try {
        piece(source, piece, source.name() + "#" + number);
      } catch (InternalException e) {
        problems.add(parseProblem(source, piece));
      } catch (JsonProcessingException e) {
        problems.add(LoadedPolicy.at(source, piece.offset()) + ": too deeply nested");
      }
    }
    if (problems.size() == before) {
      compareWithCedar(source, pieces.size());
    }
  }

  /** Text that is shown in another order than it is read, also in comments: "Trojan Source". */
  private void deceivingCharacters(PolicySource source) {
    String text = source.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean layout = c == '\n' || c == '\r' || c == '\t';
      if (Character.getType(c) == Character.FORMAT || (Character.isISOControl(c) && !layout)) {
        problems.add(
            LoadedPolicy.at(source, i)
                + String.format(
                    ": invisible character U+%04X; in a text, write \\u{%x}", (int) c, (int) c));
      }
    }
  }

  private void piece(PolicySource source, PolicySplitter.Piece piece, String fallbackId)
      throws InternalException, JsonProcessingException {
    String place = LoadedPolicy.at(source, piece.offset());
    Policy plain = new Policy(piece.text(), fallbackId);
    JsonNode tree = JSON.readTree(plain.toJson());
    Map<String, String> annotations = plain.getAnnotations();
    for (String name : annotations.keySet()) {
      if (!ANNOTATIONS.contains(name)) {
        problems.add(place + ": unknown annotation @" + name + Suggestion.of(name, ANNOTATIONS));
      }
    }
    String id = annotations.getOrDefault("id", fallbackId);
    if (id.isBlank()) {
      problems.add(place + ": @id is empty");
    }
    String other = places.putIfAbsent(id, place);
    if (other != null) {
      problems.add(place + ": the id \"" + id + "\" is already used at " + other);
    }
    String obligation = annotations.get("obligation");
    boolean forbid = !tree.path("effect").asText().equals("permit");
    if (obligation != null && forbid) {
      problems.add(place + ": only a permit can have an @obligation");
    }
    policies.add(
        new LoadedPolicy(
            new Policy(piece.text(), id),
            source,
            piece.offset(),
            ActionScope.of(tree),
            ContextReads.of(tree),
            LoadedPolicy.texts(tree),
            forbid,
            Map.copyOf(annotations),
            Demands.parse(obligation)));
  }

  private void compareWithCedar(PolicySource source, int pieces) {
    try {
      PolicySet whole = PolicySet.parsePolicies(source.text());
      if (whole.policies.size() != pieces || !whole.templates.isEmpty()) {
        problems.add(source.name() + ":1: Cedar sees another number of policies in this file");
      }
    } catch (InternalException e) {
      problems.add(source.name() + ":1: " + e.getMessage());
    }
  }

  /** The validator tells where a policy does not parse, the parser does not. */
  private static String parseProblem(PolicySource source, PolicySplitter.Piece piece) {
    try {
      Policy policy = new Policy(piece.text(), "policy");
      var answer =
          new BasicAuthorizationEngine()
              .validate(
                  new ValidationRequest(
                      new Schema("entity Agent;"), new PolicySet(Set.of(policy))));
      if (answer.errors.isPresent() && !answer.errors.get().isEmpty()) {
        DetailedError error = answer.errors.get().get(0);
        int bytes = error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.get(0).start;
        int offset = piece.offset() + LoadedPolicy.characters(piece.text(), bytes);
        String message = error.message.replaceFirst("^failed to parse .* from string: ", "");
        return LoadedPolicy.at(source, offset) + ": " + message + Suggestion.help(error);
      }
      return LoadedPolicy.at(source, piece.offset()) + ": does not parse";
    } catch (AuthException e) {
      return LoadedPolicy.at(source, piece.offset()) + ": does not parse: " + e.getMessage();
    }
  }
}
