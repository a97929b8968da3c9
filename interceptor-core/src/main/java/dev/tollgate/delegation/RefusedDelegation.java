package dev.tollgate.delegation;

import dev.tollgate.reason.ReasonCode;

/** A delegation that did not verify. */
public record RefusedDelegation(ReasonCode reason) implements Delegation {}
