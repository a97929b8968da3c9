package dev.tollgate.demo.control;

import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request: a short JSON object, nothing unknown in it. */
final class ControlBody {
  static final int LONGEST = 4096;
  private static final int LONGEST_ID = 256;
  // A form or a plain text could come from another site without a preflight.
  private static final Pattern TYPE =
      Pattern.compile("application/json(\\s*;\\s*charset=utf-8)?", Pattern.CASE_INSENSITIVE);
  private static final StrictJson JSON = new StrictJson(new JsonLimits(LONGEST, 2));

  private ControlBody() {}

  /** Why a request cannot be read. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    Unreadable(int status, String code) {
      super(code);
      this.status = status;
      this.code = code;
    }

    ControlReply reply() {
      return ControlReply.refused(status, code);
    }
  }

  static void demandJson(HttpServletRequest request) throws Unreadable {
    String type = request.getContentType();
    if (type == null || !TYPE.matcher(type.strip()).matches()) {
      throw new Unreadable(415, "content_type_not_json");
    }
    if (request.getContentLengthLong() > LONGEST) {
      throw new Unreadable(413, "body_too_large");
    }
  }

  /** An answer says everything in its path. */
  static void demandEmpty(HttpServletRequest request) throws IOException, Unreadable {
    if (read(request).size() > 0) {
      throw new Unreadable(400, "body_unexpected");
    }
  }

  static RevocationTarget target(HttpServletRequest request, String tenant)
      throws IOException, Unreadable {
    JsonValue.Members body = read(request);
    if (body.size() == 2
        && body.get("kind") instanceof JsonValue.Text kindText
        && body.get("id") instanceof JsonValue.Text id
        && id.value().length() <= LONGEST_ID) {
      RevocationTarget.Kind kind = kind(kindText.value());
      // The id of another tenant would be a mistake that stops this one.
      Set<String> whole = Set.of("", tenant);
      if (kind == RevocationTarget.Kind.TENANT && whole.contains(id.value())) {
        return RevocationTarget.tenant(tenant);
      }
      if (kind != null && kind != RevocationTarget.Kind.TENANT && !id.value().isBlank()) {
        return new RevocationTarget(tenant, kind, id.value());
      }
    }
    throw new Unreadable(400, "revocation_invalid");
  }

  private static RevocationTarget.@Nullable Kind kind(String name) {
    for (RevocationTarget.Kind kind : RevocationTarget.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private static JsonValue.Members read(HttpServletRequest request) throws IOException, Unreadable {
    byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new Unreadable(413, "body_too_large");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JSON.parseObject(text);
    } catch (JsonRefusedException | java.nio.charset.CharacterCodingException e) {
      throw new Unreadable(400, "body_not_json_object");
    }
  }
}
