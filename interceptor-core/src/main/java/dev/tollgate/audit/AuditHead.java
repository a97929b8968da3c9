package dev.tollgate.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a stream had this MAC at this sequence number, signed (ES256) so that who holds
 * the chain's key alone cannot make another.
 */
record AuditHead(String stream, long seq, String mac) {
  private static final JOSEObjectType TYPE = new JOSEObjectType("tollgate-audit-head+jwt");
  private static final StrictJson JSON = new StrictJson(new JsonLimits(4096, 4));

  String sign(ECKey key, Instant at) {
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.getKeyID()).build(),
              new Payload(
                  "{\"stream\":\"%s\",\"seq\":%d,\"mac\":\"%s\",\"at\":\"%s\"}"
                      .formatted(stream, seq, mac, at)));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the audit head key cannot sign ES256", e);
    }
  }

  /** The head, or {@code null} if it is not one that a known key signed. */
  static @Nullable AuditHead verify(String compact, List<ECKey> keys) {
    try {
      JWSObject jws = JWSObject.parse(compact);
      if (!TYPE.equals(jws.getHeader().getType())
          || !JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())) {
        return null;
      }
      for (ECKey key : keys) {
        if (key.getKeyID().equals(jws.getHeader().getKeyID())
            && jws.verify(new ECDSAVerifier(key))) {
          return parse(jws.getPayload().toString());
        }
      }
      return null;
    } catch (ParseException | JOSEException | JsonRefusedException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable AuditHead parse(String payload) throws JsonRefusedException {
    JsonValue.Members members = JSON.parseObject(payload);
    return members.get("stream") instanceof JsonValue.Text stream
            && members.get("seq") instanceof JsonValue.Num seq
            && members.get("mac") instanceof JsonValue.Text mac
        ? new AuditHead(stream.value(), (long) seq.value(), mac.value())
        : null;
  }
}
