package dev.tollgate.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.text.ParseException;
import java.util.Set;

/** Checks that the token server signed a token, with an algorithm that we chose. */
final class SignatureCheck {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.PS256);
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> ACCESS_TOKEN =
      new DefaultJOSEObjectTypeVerifier<>(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"),
          null); // Spring's server writes none

  private final ServerKeys keys;

  SignatureCheck(ServerKeys keys) {
    this.keys = keys;
  }

  /** The token's parts, once they are known to be the server's. */
  CompactJwt verify(String token, Endpoints endpoints) throws CredentialException {
    CompactJwt jwt = CompactJwt.parse(token);
    if (jwt == null) {
      throw unverifiable("the token is not a well-formed signed JWT");
    }
    if (jwt.header().get("crit") != null) { // extensions that change what is signed
      throw unverifiable("the token's header has critical extensions");
    }
    DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();
    processor.setJWSTypeVerifier(ACCESS_TOKEN);
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, keys.at(endpoints.jwks())));
    try {
      processor.process(JWSObject.parse(token), null);
      return jwt;
    } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
      throw reason(e);
    }
  }

  /** A key set that did not come is another matter than a signature that is wrong. */
  private static CredentialException reason(Throwable problem) {
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof ServerKeys.NotFetched notFetched) {
        return notFetched.reason();
      }
      cause = cause.getCause();
    }
    return unverifiable(
        "the token's type, algorithm, key or signature is not accepted: "
            + problem.getClass().getSimpleName());
  }

  private static CredentialException unverifiable(String problem) {
    return new CredentialException(ReasonCode.CREDENTIAL_UNVERIFIABLE, problem);
  }
}
