package dev.tollgate.credential;

import java.time.Instant;

/**
 * A credential that a call holds at this moment, without the credential.
 *
 * @param id the lease's id, which the kill switch takes
 * @param callId the call
 * @param tool the call's tool
 * @param tenant whose call it is
 * @param audience what the credential is good for
 * @param since when it was issued
 * @param expiresAt when it ends by itself
 */
public record OpenLease(
    String id,
    String callId,
    String tool,
    String tenant,
    String audience,
    Instant since,
    Instant expiresAt) {}
