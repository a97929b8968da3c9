package dev.tollgate.demo.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The key with which an agent's workload proves itself (private_key_jwt, ES256). The token server
 * knows its public half only.
 *
 * @param clientId the OAuth client that this key authenticates, and the agent's id
 * @param jwk the pair
 */
public record AgentKey(String clientId, ECKey jwk) {
  /** The agent that runs the office, whose process also exchanges tokens for the others. */
  public static final String CLIENT_ID = "office-agent";

  public AgentKey {
    if (!jwk.isPrivate()) {
      throw new IllegalArgumentException("the agent's key lacks its private half");
    }
  }

  public static AgentKey generate() {
    return generate(CLIENT_ID);
  }

  static AgentKey generate(String clientId) {
    return new AgentKey(clientId, newPair());
  }

  static ECKey newPair() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK makes no P-256 keys", e);
    }
  }

  public ECKey publicJwk() {
    return jwk.toPublicJWK();
  }

  /**
   * Writes the private JWK below {@code folder}, readable by its owner only.
   *
   * @return the file, such as {@code office-agent.jwk}
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(clientId + ".jwk");
    Files.deleteIfExists(file);
    // The mode is set when the file is made: there is no moment in which others can read it.
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    return Files.writeString(file, jwk.toJSONString());
  }

  /** Whose it is and its id. {@code ECKey} itself would print the private half. */
  @Override
  public String toString() {
    return "AgentKey[" + clientId + ", " + jwk.getKeyID() + "]";
  }
}
