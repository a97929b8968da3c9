package dev.tollgate.tool;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tool as the framework's registry holds it. It never comes from model text.
 *
 * @param name the name the model sees
 * @param description what the model is told about it
 * @param inputSchema the JSON Schema of its arguments, as text; empty if there is none
 * @param source where it comes from, such as {@code langchain4j} or {@code mcp:files}
 * @param annotations what its server says of it, each a name and a value such as {@code
 *     readOnlyHint:true}
 */
public record ToolDefinition(
    String name, String description, String inputSchema, String source, Set<String> annotations) {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(4 * 1024 * 1024, 200));

  public ToolDefinition {
    annotations = Set.copyOf(annotations);
  }

  /** A tool that carries no annotations. */
  public ToolDefinition(String name, String description, String inputSchema, String source) {
    this(name, description, inputSchema, source, Set.of());
  }

  /**
   * {@code sha256:} and the digest of name, description and schema in base64url. Parts are
   * length-prefixed; the schema counts in its canonical form, so that a framework's order of keys
   * does not matter. Annotations count where there are any.
   */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      List<String> parts = new ArrayList<>(List.of(name, description, canonical(inputSchema)));
      parts.addAll(new TreeSet<>(annotations));
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
      }
      return "sha256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no SHA-256", e);
    }
  }

  private static String canonical(String schema) {
    JsonValue parsed = parsed(schema);
    // Not canonical where it does not parse, but still exactly this text.
    return parsed == null ? schema.isBlank() ? "" : schema : CanonicalJson.text(parsed);
  }

  /** The schema, {@code null} if there is none or the strict parser does not take it. */
  public @Nullable JsonValue parsedSchema() {
    return parsed(inputSchema);
  }

  private static @Nullable JsonValue parsed(String schema) {
    try {
      return schema.isBlank() ? null : JSON.parse(schema);
    } catch (JsonRefusedException e) {
      return null;
    }
  }
}
