package dev.tollgate;

import dev.tollgate.policy.Decision;

/** The gate's answer to one proposed call. */
public sealed interface Admission permits AdmittedCall, Refusal {

  ToolCall call();

  /** The combined decision. In observe mode an admitted call may carry a deny. */
  Decision decision();
}
