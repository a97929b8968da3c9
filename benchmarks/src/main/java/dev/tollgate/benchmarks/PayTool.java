package dev.tollgate.benchmarks;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.lang.reflect.Method;

/** An empty tool with the shape of a payment, and one call of it. */
final class PayTool {
  static final String NAME = "pay_invoice";
  static final String RESULT = "paid";

  /** 200 bytes. */
  static final String ARGUMENTS =
      "{\"invoice\":\"INV-2026-004711\",\"payee\":\"Muster Office Supplies GmbH\","
          + "\"iban\":\"DE89370400440532013000\",\"amount\":1249.9,\"currency\":\"EUR\","
          + "\"due\":\"2026-12-15\",\"urgent\":false,\"note\":\"Paper, toner and chairs.\"}";

  /** The same with another payee, as long; 0 to 99. */
  static String arguments(int payee) {
    return ARGUMENTS.replace("Muster Office", "Muster Off-" + (payee < 10 ? "0" : "") + payee);
  }

  static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      tools:
        - name: pay_invoice
          effect: pay
          destination: accounting
          arguments:
            payee: {type: string, steering: true}
            amount: {type: decimal, steering: true}
      """;

  @Tool(name = NAME, value = "Pays an invoice")
  public String pay(
      @P(name = "invoice", value = "number") String invoice,
      @P(name = "payee", value = "name") String payee,
      @P(name = "iban", value = "account") String iban,
      @P(name = "amount", value = "amount") double amount,
      @P(name = "currency", value = "ISO 4217") String currency,
      @P(name = "due", value = "date") String due,
      @P(name = "urgent", value = "whether today") boolean urgent,
      @P(name = "note", value = "remittance text") String note) {
    return RESULT;
  }

  static Method method() {
    for (Method method : PayTool.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Tool.class)) {
        return method;
      }
    }
    throw new IllegalStateException("the tool has no method");
  }
}
