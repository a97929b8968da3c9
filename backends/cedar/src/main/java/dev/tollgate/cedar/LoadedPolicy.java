package dev.tollgate.cedar;

import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One policy that parsed.
 *
 * @param policy its text under its id
 * @param source the file it is in
 * @param offset where in the file, in characters
 * @param scope the actions its head names
 * @param reads the context attributes it reads
 * @param texts every text in it: what is none of them, it does not name
 * @param forbid whether it forbids; else it permits
 * @param annotations its annotations
 * @param demands what a permit of it demands
 */
record LoadedPolicy(
    Policy policy,
    PolicySource source,
    int offset,
    ActionScope scope,
    ContextReads reads,
    Set<String> texts,
    boolean forbid,
    Map<String, String> annotations,
    Demands demands) {
  /** All texts in a policy's JSON form, whatever they mean there. */
  static Set<String> texts(JsonNode policy) {
    Set<String> texts = new HashSet<>();
    collect(policy, texts);
    return Set.copyOf(texts);
  }

  private static void collect(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(child -> collect(child, texts));
  }

  String id() {
    return policy.policyID;
  }

  /** {@code file:line}. */
  String place() {
    return at(source, offset);
  }

  /** {@code file:line} of a place in the policy, as Cedar counts: in bytes of UTF-8. */
  String place(int bytes) {
    return at(source, offset + characters(policy.policySrc, bytes));
  }

  /** {@code file:line} of a word, or of the policy if it cannot be found. */
  String placeOf(String word) {
    return at(source, offset + Math.max(0, policy.policySrc.lastIndexOf(word)));
  }

  static String at(PolicySource source, int offset) {
    return source.name() + ":" + source.line(offset);
  }

  static int characters(String text, int bytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] before = Arrays.copyOf(utf8, Math.max(0, Math.min(bytes, utf8.length)));
    return Math.min(text.length(), new String(before, StandardCharsets.UTF_8).length());
  }
}
