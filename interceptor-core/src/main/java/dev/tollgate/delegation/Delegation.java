package dev.tollgate.delegation;

/**
 * What an agent was handed by another: verified, or refused. A refused one denies every call of its
 * task, each with a record.
 */
public sealed interface Delegation permits VerifiedDelegation, RefusedDelegation {}
