package dev.tollgate.delegation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes tokens that no issuer would. */
final class Forge {
  private Forge() {}

  static String header(String kid) {
    return "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"txntoken+jwt\"}".formatted(kid);
  }

  static String unsigned(String header, String payload) {
    return Base64URL.encode(header) + "." + Base64URL.encode(payload);
  }

  /** Signed with a P-256 key, whatever the header says. */
  static String sign(String header, String payload, ECKey key) {
    String input = unsigned(header, payload);
    try {
      return input
          + "."
          + new ECDSASigner(key)
              .sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as the secret of a MAC: what a library does that trusts {@code alg}. */
  static String mac(String header, String payload, ECKey key) {
    String input = unsigned(header, payload);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toECPublicKey().getEncoded(), "HmacSHA256"));
      return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The other signature that ECDSA takes for the same bytes: (r, n - s). */
  static String malleated(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signature = new Base64URL(token.substring(dot + 1)).decode();
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    BigInteger n = Curve.P_256.toECParameterSpec().getOrder();
    byte[] other = n.subtract(new BigInteger(1, s)).toByteArray();
    byte[] made = Arrays.copyOf(signature, 64);
    Arrays.fill(made, 32, 64, (byte) 0);
    int length = Math.min(other.length, 32);
    System.arraycopy(other, other.length - length, made, 64 - length, length);
    return token.substring(0, dot + 1) + Base64URL.encode(made);
  }
}
