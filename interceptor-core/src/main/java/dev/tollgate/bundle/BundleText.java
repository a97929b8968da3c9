package dev.tollgate.bundle;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import dev.tollgate.key.SignedText;
import java.security.SignatureException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a bundle: a compact JWS, ES256, type {@code tollgate-policies+jwt}, over canonical
 * JSON. Whoever wrote it, it is read only if it is signed by the key that is expected.
 */
public final class BundleText {
  private static final String TYPE = "tollgate-policies+jwt";

  /** The longest bundle, in characters. */
  public static final int LONGEST = 8 * 1024 * 1024;

  /** How far the clocks of signer and reader may be apart. */
  private static final long APART = 5;

  private static final double VERSION = 1;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(LONGEST, 2));
  private static final Set<String> MEMBERS =
      Set.of("version", "name", "sequence", "notBefore", "expires", "files", "manifest");

  private BundleText() {}

  /**
   * Signs a bundle.
   *
   * @param key a P-256 key pair with a {@code kid}
   * @throws BundleException if it becomes too long, or the key has no {@code kid}
   */
  public static String sign(PolicyBundle bundle, ECKey key) {
    if (key.getKeyID() == null || !key.isPrivate()) {
      throw new BundleException("the key must be a key pair with a kid");
    }
    String text = SignedText.sign(CanonicalJson.text(json(bundle)), TYPE, key);
    if (text.length() > LONGEST) {
      throw new BundleException("the bundle is longer than " + LONGEST + " characters");
    }
    return text;
  }

  /**
   * Reads a bundle that counts at a time.
   *
   * @param key the public key that must have signed it
   * @throws BundleException if it is not signed by the key, is malformed, not yet or no longer good
   */
  public static PolicyBundle verify(String text, ECKey key, Instant now) {
    PolicyBundle bundle = read(text, key);
    Instant from = bundle.notBefore();
    if (from != null && from.isAfter(now.plusSeconds(APART))) {
      throw new BundleException("the bundle counts only from " + from + " on");
    }
    if (!now.isBefore(bundle.expires())) {
      throw new BundleException("the bundle expired at " + bundle.expires());
    }
    return bundle;
  }

  /**
   * Reads a bundle, whether it counts now or not.
   *
   * @throws BundleException if it is not signed by the key or is malformed
   */
  public static PolicyBundle read(String text, ECKey key) {
    try {
      SignedText signed = SignedText.read(text.strip(), TYPE, LONGEST);
      if (!signed.verifiedBy(key)) {
        throw new BundleException("the bundle is not signed by the key that is expected");
      }
      return bundle(JSON.parseObject(signed.payload()));
    } catch (SignatureException e) {
      throw new BundleException("this is no signed bundle of policies");
    } catch (JsonRefusedException e) {
      throw malformed();
    }
  }

  private static PolicyBundle bundle(JsonValue.Members members) {
    members.forEach(
        (member, value) -> {
          if (!MEMBERS.contains(member)) {
            throw malformed(); // what is not understood might be meant to close something
          }
        });
    if (!new JsonValue.Num(VERSION).equals(members.get("version"))
        || !(members.get("name") instanceof JsonValue.Text name)
        || !(members.get("files") instanceof JsonValue.Members files)) {
      throw malformed();
    }
    Long sequence = whole(members.get("sequence"));
    Long expires = whole(members.get("expires"));
    Long notBefore = whole(members.get("notBefore"));
    JsonValue manifest = members.get("manifest");
    if (sequence == null
        || expires == null
        || (notBefore == null && members.get("notBefore") != null)
        || (manifest != null && !(manifest instanceof JsonValue.Text))) {
      throw malformed();
    }
    Map<String, String> texts = new HashMap<>();
    files.forEach(
        (file, value) -> {
          if (!(value instanceof JsonValue.Text text)) {
            throw malformed();
          }
          texts.put(file, text.value());
        });
    return new PolicyBundle(
        name.value(),
        sequence,
        notBefore == null ? null : Instant.ofEpochSecond(notBefore),
        Instant.ofEpochSecond(expires),
        texts,
        manifest instanceof JsonValue.Text text ? text.value() : null);
  }

  /** A whole number of seconds or steps; the year 9999 is the last one. */
  private static @Nullable Long whole(@Nullable JsonValue value) {
    return value instanceof JsonValue.Num number
            && number.isInteger()
            && number.value() >= 0
            && number.value() <= 253_402_300_799d
        ? Long.valueOf((long) number.value())
        : null;
  }

  private static JsonValue json(PolicyBundle bundle) {
    Map<String, JsonValue> files = new HashMap<>();
    bundle.files().forEach((name, text) -> files.put(name, new JsonValue.Text(text)));
    Map<String, JsonValue> members = new HashMap<>();
    members.put("version", new JsonValue.Num(VERSION));
    members.put("name", new JsonValue.Text(bundle.name()));
    members.put("sequence", new JsonValue.Num(bundle.sequence()));
    members.put("expires", new JsonValue.Num(bundle.expires().getEpochSecond()));
    members.put("files", JsonValue.object(files));
    Instant from = bundle.notBefore();
    if (from != null) {
      members.put("notBefore", new JsonValue.Num(from.getEpochSecond()));
    }
    String manifest = bundle.manifest();
    if (manifest != null) {
      members.put("manifest", new JsonValue.Text(manifest));
    }
    return JsonValue.object(members);
  }

  private static BundleException malformed() {
    return new BundleException("the bundle is signed, but not one that this version understands");
  }
}
