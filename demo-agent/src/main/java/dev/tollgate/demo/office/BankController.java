package dev.tollgate.demo.office;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/office/bank")
class BankController {
  /** A payment order, in euros. */
  record Order(String recipient, String iban, BigDecimal amount, String reference) {
    Order {
      Inputs.text("recipient", recipient, 100);
      Inputs.text("reference", reference, 140);
      Inputs.iban(iban);
      Inputs.amount(amount);
    }
  }

  private final BankAccount account;

  BankController(BankAccount account) {
    this.account = account;
  }

  @GetMapping("/transactions")
  List<BankTransaction> transactions() {
    return account.transactions();
  }

  @PostMapping("/payments")
  @ResponseStatus(HttpStatus.CREATED)
  BankTransaction pay(@RequestBody Order order) {
    return account.pay(order.recipient(), order.iban(), order.amount(), order.reference());
  }
}
