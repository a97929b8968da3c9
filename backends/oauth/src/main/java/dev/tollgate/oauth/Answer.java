package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a server answered. May hold a token, so it has no text form. */
final class Answer {
  private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");
  private final int status;
  private final String mediaType;
  private final byte[] body;

  Answer(int status, String contentType, byte[] body) {
    this.status = status;
    int end = contentType.indexOf(';');
    this.mediaType =
        (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    this.body = body;
  }

  int status() {
    return status;
  }

  boolean isJson() {
    return mediaType.equals("application/json");
  }

  boolean isHtml() {
    return mediaType.equals("text/html") || mediaType.equals("application/xhtml+xml");
  }

  /** The body in UTF-8; decoding fails rather than put replacement characters into a token. */
  String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  /** The body as one JSON object. */
  JsonValue.Members json(String who) throws CredentialException {
    try {
      return Json.object(text());
    } catch (CharacterCodingException e) {
      throw new CredentialException(ReasonCode.CREDENTIAL_UNAVAILABLE, who + " is not UTF-8");
    } catch (JsonRefusedException e) {
      boolean ambiguous = e.reason() == ReasonCode.ARGUMENTS_DUPLICATE_KEY;
      throw new CredentialException(
          ambiguous ? ReasonCode.CREDENTIAL_UNVERIFIABLE : ReasonCode.CREDENTIAL_UNAVAILABLE,
          who + (ambiguous ? " has the same key twice" : " is not one JSON object"));
    }
  }

  /** Why the server refused, for the operator: its error code if that looks like one. */
  String refusal() {
    String code = "";
    try {
      String error = isJson() ? Json.text(Json.object(text()).get("error")) : null;
      code = error != null && ERROR_CODE.matcher(error).matches() ? ", " + error : "";
    } catch (CharacterCodingException | JsonRefusedException e) {
      // The status alone has to do.
    }
    return "status " + status + code;
  }
}
