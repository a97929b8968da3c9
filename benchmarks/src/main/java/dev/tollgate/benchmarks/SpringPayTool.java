package dev.tollgate.benchmarks;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** The tool of {@link PayTool} as Spring AI wants it. */
final class SpringPayTool {

  @Tool(name = PayTool.NAME, description = "Pays an invoice")
  public String pay(
      @ToolParam(description = "number") String invoice,
      @ToolParam(description = "name") String payee,
      @ToolParam(description = "account") String iban,
      @ToolParam(description = "amount") double amount,
      @ToolParam(description = "ISO 4217") String currency,
      @ToolParam(description = "date") String due,
      @ToolParam(description = "whether today") boolean urgent,
      @ToolParam(description = "remittance text") String note) {
    return PayTool.RESULT;
  }
}
