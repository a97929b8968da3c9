package dev.tollgate.demo.office;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The user's account. Thread-safe. */
public final class BankAccount {
  private final List<BankTransaction> opening;
  private final List<BankTransaction> payments = new CopyOnWriteArrayList<>();

  BankAccount(List<BankTransaction> opening) {
    this.opening = List.copyOf(opening);
  }

  /** Everything, oldest first. */
  public List<BankTransaction> transactions() {
    List<BankTransaction> all = new ArrayList<>(opening);
    all.addAll(payments);
    return List.copyOf(all);
  }

  /** What was paid since the start, oldest first. */
  public List<BankTransaction> payments() {
    return List.copyOf(payments);
  }

  synchronized BankTransaction pay(
      String recipient, String iban, BigDecimal amount, String reference) {
    var payment =
        new BankTransaction(
            "pay-" + (payments.size() + 1),
            LocalDate.now(ZoneOffset.UTC),
            recipient,
            iban,
            amount.negate(),
            reference);
    payments.add(payment);
    return payment;
  }
}
