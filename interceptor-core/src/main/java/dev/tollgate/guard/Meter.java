package dev.tollgate.guard;

import dev.tollgate.reason.ReasonCode;
import java.util.Locale;

/** What is counted. */
public enum Meter {
  /** Calls that reached the guard. */
  CALLS(ReasonCode.BUDGET_CALLS),
  /** Calls that were denied, for whatever reason. */
  DENIALS(ReasonCode.BUDGET_DENIALS),
  /** Questions to the policy decision point. */
  DECISIONS(ReasonCode.BUDGET_DECISIONS),
  /** Requests to the token server. */
  CREDENTIALS(ReasonCode.BUDGET_CREDENTIALS),
  /** Bytes, in UTF-8, that tools returned. */
  BYTES(ReasonCode.BUDGET_BYTES),
  /** An amount that the manifest names, in ten-thousandths. */
  AMOUNT(ReasonCode.BUDGET_AMOUNT);

  private final ReasonCode exhausted;

  Meter(ReasonCode exhausted) {
    this.exhausted = exhausted;
  }

  /** Why a call is denied when nothing is left. */
  public ReasonCode exhausted() {
    return exhausted;
  }

  /** The name in keys of configuration, such as {@code calls}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
