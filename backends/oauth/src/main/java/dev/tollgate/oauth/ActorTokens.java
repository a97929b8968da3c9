package dev.tollgate.oauth;

import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.secret.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The agents' own tokens, each shared by the calls of its agent. Thread-safe. */
final class ActorTokens {
  private final Map<String, ActorToken> tokens;

  /**
   * @param wait how long a call waits for another one that is fetching the same agent's token
   * @param nanos the monotonic clock
   */
  ActorTokens(
      AgentClients clients,
      TokenEndpoint endpoint,
      Transport transport,
      Duration wait,
      LongSupplier nanos) {
    Map<String, ActorToken> made = new HashMap<>();
    for (String agent : clients.agents()) {
      ClientAuthentication client = Objects.requireNonNull(clients.of(agent));
      Revocation revocation = new Revocation(transport, client);
      made.put(agent, new ActorToken(client, endpoint, revocation, wait, nanos));
    }
    this.tokens = Map.copyOf(made);
  }

  /**
   * A copy of the agent's token, which the caller wipes.
   *
   * @throws CredentialException if the agent has no registration, or gets no token
   */
  Secret copy(String agent, Endpoints endpoints) throws CredentialException {
    return of(agent).copy(endpoints);
  }

  boolean knows(String agent) {
    return tokens.containsKey(agent);
  }

  /** Gets a new token for the next call: the server may have refused because of this one. */
  void forget(String agent) {
    ActorToken token = tokens.get(agent);
    if (token != null) {
      token.forget();
    }
  }

  private ActorToken of(String agent) throws CredentialException {
    ActorToken token = tokens.get(agent);
    if (token == null) {
      throw new CredentialException(
          ReasonCode.CREDENTIAL_UNAVAILABLE,
          "the acting agent "
              + (AgentClients.isName(agent) ? agent + " " : "")
              + "is no client of the token server: "
              + AgentClients.WHY_NOT);
    }
    return token;
  }
}
