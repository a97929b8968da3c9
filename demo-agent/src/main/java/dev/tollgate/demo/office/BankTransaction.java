package dev.tollgate.demo.office;

import java.math.BigDecimal;
import java.time.LocalDate;

/** An entry of the account, in euros; what is paid out is negative. */
public record BankTransaction(
    String id,
    LocalDate date,
    String counterparty,
    String iban,
    BigDecimal amount,
    String reference) {}
