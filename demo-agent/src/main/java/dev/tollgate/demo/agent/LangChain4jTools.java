package dev.tollgate.demo.agent;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.math.BigDecimal;

/** The office's tools as LangChain4j sees them. Plain code: nothing here knows of the gate. */
final class LangChain4jTools {
  private final OfficeClient office;
  private final Colleague colleague;

  LangChain4jTools(OfficeClient office, Colleague colleague) {
    this.office = office;
    this.colleague = colleague;
  }

  @Tool(name = "ask_worker", value = "Hands work to a colleague")
  String askWorker(@P("work") String work) {
    return colleague.ask(work);
  }

  @Tool(name = "mail_inbox", value = "Lists the mails in the inbox")
  String mailInbox() {
    return office.get("/office/mail/inbox");
  }

  @Tool(name = "mail_send", value = "Sends a mail")
  String mailSend(@P("to") String to, @P("subject") String subject, @P("body") String body) {
    return office.mailSend(to, subject, body);
  }

  @Tool(name = "file_read", value = "Reads a file")
  String fileRead(@P("path") String path) {
    return office.get(OfficeClient.file(path));
  }

  @Tool(name = "file_write", value = "Writes a file")
  String fileWrite(@P("path") String path, @P("content") String content) {
    return office.fileWrite(path, content);
  }

  @Tool(name = "bank_transactions", value = "Lists the transactions of the account")
  String bankTransactions() {
    return office.get("/office/bank/transactions");
  }

  @Tool(name = "bank_pay", value = "Pays an amount in EUR")
  String bankPay(
      @P("recipient") String recipient,
      @P("iban") String iban,
      @P("amount") BigDecimal amount,
      @P("reference") String reference) {
    return office.bankPay(recipient, iban, amount, reference);
  }
}
