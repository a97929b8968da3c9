package dev.tollgate.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys made for a test, and tokens signed with them. */
final class Keys {
  private Keys() {}

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path file(Path folder, ECKey key) {
    return file(folder, "client-key.json", key);
  }

  static Path file(Path folder, String name, ECKey key) {
    try {
      return Files.writeString(folder.resolve(name), key.toJSONString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token whose claims are exactly this text. */
  static String sign(ECKey key, String claims) {
    return sign(key, new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()), claims);
  }

  static String sign(ECKey key, JWSHeader.Builder header, String claims) {
    try {
      JWSObject token = new JWSObject(header.build(), new Payload(claims));
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
