package dev.tollgate.demo.agent;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the tools need of the office. Each framework reaches it with its own HTTP client. */
interface OfficeClient {

  /** Sends a request and returns the answer's body, whatever its status. */
  String send(String method, String path, Map<String, ?> body);

  default String get(String path) {
    return send("GET", path, Map.of());
  }

  default String mailSend(String to, String subject, String body) {
    return send(
        "POST", "/office/mail/messages", Map.of("to", to, "subject", subject, "body", body));
  }

  default String fileWrite(String path, String content) {
    return send("PUT", file(path), Map.of("content", content));
  }

  default String bankPay(String recipient, String iban, BigDecimal amount, String reference) {
    return send(
        "POST",
        "/office/bank/payments",
        Map.of("recipient", recipient, "iban", iban, "amount", amount, "reference", reference));
  }

  static String file(String name) {
    return "/office/files/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  static URI at(URI office, String path) {
    return URI.create(office.toString().replaceAll("/$", "") + path);
  }
}
