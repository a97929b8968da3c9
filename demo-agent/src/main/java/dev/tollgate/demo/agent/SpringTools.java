package dev.tollgate.demo.agent;

import java.math.BigDecimal;
import org.springframework.ai.tool.annotation.Tool;

/** The office's tools as Spring AI sees them. Plain code: nothing here knows of the gate. */
final class SpringTools {
  private final OfficeClient office;
  private final Colleague colleague;

  SpringTools(OfficeClient office, Colleague colleague) {
    this.office = office;
    this.colleague = colleague;
  }

  @Tool(name = "ask_worker", description = "Hands work to a colleague")
  String askWorker(String work) {
    return colleague.ask(work);
  }

  @Tool(name = "mail_inbox", description = "Lists the mails in the inbox")
  String mailInbox() {
    return office.get("/office/mail/inbox");
  }

  @Tool(name = "mail_send", description = "Sends a mail")
  String mailSend(String to, String subject, String body) {
    return office.mailSend(to, subject, body);
  }

  @Tool(name = "file_read", description = "Reads a file")
  String fileRead(String path) {
    return office.get(OfficeClient.file(path));
  }

  @Tool(name = "file_write", description = "Writes a file")
  String fileWrite(String path, String content) {
    return office.fileWrite(path, content);
  }

  @Tool(name = "bank_transactions", description = "Lists the transactions of the account")
  String bankTransactions() {
    return office.get("/office/bank/transactions");
  }

  @Tool(name = "bank_pay", description = "Pays an amount in EUR")
  String bankPay(String recipient, String iban, BigDecimal amount, String reference) {
    return office.bankPay(recipient, iban, amount, reference);
  }
}
