package dev.tollgate.credential;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.task.Caller;
import dev.tollgate.tool.CredentialNeed;

/**
 * Asks for a credential that is good for one call.
 *
 * @param callId the gate's id of the call
 * @param caller on whose behalf
 * @param agent who acts
 * @param need audience, scopes, origin and lifetime; what comes back may be narrower, never wider
 */
public record CredentialRequest(
    String callId, Caller caller, AgentIdentity agent, CredentialNeed need) {}
