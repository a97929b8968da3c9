package dev.tollgate.demo.control;

import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param header an extra header, by name; mostly none
 */
record ControlReply(int status, JsonValue body, Map<String, String> header) {

  static ControlReply ok(Map<String, ? extends JsonValue> members) {
    return new ControlReply(200, JsonValue.object(members), Map.of());
  }

  static ControlReply refused(int status, String code) {
    return refused(status, code, Map.of());
  }

  static ControlReply refused(int status, String code, Map<String, String> header) {
    JsonValue body =
        JsonValue.object(
            Map.of("error", ApprovalJson.text("refused"), "reason_code", ApprovalJson.text(code)));
    return new ControlReply(status, body, header);
  }

  static ControlReply refused(ReasonCode reason) {
    return refused(status(reason), reason.code());
  }

  private static int status(ReasonCode reason) {
    return switch (reason) {
      case APPROVAL_UNKNOWN -> 404;
      case APPROVAL_ANSWERED, APPROVAL_EXPIRED, APPROVAL_REVOKED -> 409;
      case APPROVAL_UNAVAILABLE, AUDIT_UNAVAILABLE, STATE_UNAVAILABLE, CLOCK_SET_BACK -> 503;
      default -> 403; // approver_*, and whatever else the desk may come to refuse for
    };
  }

  void write(HttpServletResponse response) throws IOException {
    byte[] bytes = AsciiJson.of(body).getBytes(StandardCharsets.US_ASCII);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    header.forEach(response::setHeader);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
