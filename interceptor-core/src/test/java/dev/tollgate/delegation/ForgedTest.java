package dev.tollgate.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is not signed by a key of the gate, or is signed and is no delegation. */
class ForgedTest {
  private final Office office = new Office();
  private final String good = office.delegate(office.task(), Office.toClerk());
  private final ECKey key = office.keys.inUse(KeyPurpose.DELEGATION);
  private final String header = Forge.header(key.getKeyID());
  private final String payload = payload(good);

  private static String payload(String token) {
    try {
      return SignedToken.read(token).payload();
    } catch (DelegationException e) {
      throw new AssertionError(e);
    }
  }

  private void forged(String token) {
    assertThat(office.refusal(office.accept(token, "clerk")))
        .as(token.substring(0, Math.min(token.length(), 200)))
        .isEqualTo(ReasonCode.DELEGATION_FORGED);
  }

  @Test
  void theForgeMakesTokensThatAreAcceptedWhenNothingIsWrong() {
    Office.verified(office.accept(Forge.sign(header, payload, key), "clerk"));
  }

  @Test
  void aTokenSignedByAnotherKeyUnderAKnownIdIsForged() {
    forged(Forge.sign(header, payload, SigningKeys.make(Curve.P_256, key.getKeyID())));
    ECKey ofAudit = office.keys.inUse(KeyPurpose.AUDIT_HEAD);
    forged(Forge.sign(Forge.header(ofAudit.getKeyID()), payload, ofAudit));
    forged(Forge.sign(header, payload, ofAudit));
    forged(Forge.sign(Forge.header("delegation/none"), payload, key));
    forged(Forge.sign(Forge.header("' OR 1=1 --"), payload, key));
  }

  @Test
  void anotherAlgorithmIsForged() {
    String none = header.replace("ES256", "none");
    forged(Forge.unsigned(none, payload) + ".");
    forged(Forge.sign(none, payload, key));
    forged(Forge.mac(header.replace("ES256", "HS256"), payload, key));
    forged(Forge.mac(header, payload, key));
    forged(Forge.sign(header.replace("ES256", "ES384"), payload, key));
    forged(Forge.sign(header.replace("ES256", "es256"), payload, key));
  }

  @Test
  void aHeaderWithMoreOrLessThanThreeMembersIsForged() {
    for (String more :
        List.of(
            "\"jwk\":" + key.toPublicJWK().toJSONString(),
            "\"jku\":\"https://evil.example/keys\"",
            "\"x5u\":\"https://evil.example/cert\"",
            "\"x5c\":[\"MII\"]",
            "\"crit\":[\"b64\"]",
            "\"b64\":false",
            "\"zip\":\"DEF\"",
            "\"cty\":\"JWT\"",
            "\"alg\":\"ES256\"")) {
      forged(Forge.sign("{" + more + "," + header.substring(1), payload, key));
    }
    forged(Forge.sign(header.replace(",\"typ\":\"txntoken+jwt\"", ""), payload, key));
    forged(Forge.sign(header.replace("txntoken+jwt", "JWT"), payload, key));
    forged(Forge.sign(header.replace("txntoken+jwt", "at+jwt"), payload, key));
    forged(Forge.sign("[]", payload, key));
    forged(Forge.sign("", payload, key));
  }

  @Test
  void everyFlippedBitIsForged() {
    int dot = good.lastIndexOf('.');
    for (int at = 0; at < good.length(); at += at < dot ? 37 : 1) {
      char c = good.charAt(at);
      if (c != '.') {
        forged(good.substring(0, at) + (c == 'A' ? 'B' : 'A') + good.substring(at + 1));
      }
    }
  }

  @Test
  void aSwappedPayloadOrSignatureIsForged() {
    String other = office.delegate(office.task(), Office.toClerk().calls(1000));
    String[] mine = good.split("\\.", -1);
    String[] theirs = other.split("\\.", -1);
    forged(mine[0] + "." + theirs[1] + "." + mine[2]);
    forged(mine[0] + "." + mine[1] + "." + theirs[2]);
    forged(Forge.sign(header, payload, key).replaceFirst("[^.]+$", ""));
    forged(mine[0] + "." + mine[1] + "." + "A".repeat(86)); // r = s = 0
  }

  @Test
  void anotherWritingOfTheSameBytesIsForged() {
    int dot = good.lastIndexOf('.');
    for (String more : List.of(" ", "*", "=", "==", "\n", "%", "\u0000", "ä")) {
      forged(good + more);
      forged(good.substring(0, 20) + more + good.substring(20));
      forged(good.substring(0, dot) + more + good.substring(dot));
    }
    forged(good + ".");
    forged("." + good);
    forged(good.replace('.', ','));
    forged("");
    forged("..");
    // The last character of 64 bytes holds four bits that mean nothing.
    char last = good.charAt(good.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char stray = alphabet.charAt(alphabet.indexOf(last) + 1);
    forged(good.substring(0, good.length() - 1) + stray);
  }

  @Test
  void signedClaimsThatAreNoDelegationAreForged() {
    List<Map.Entry<String, String>> changes =
        List.of(
            Map.entry("\"calls\":10", "\"calls\":10.5"),
            Map.entry("\"depth\":3", "\"depth\":6"),
            Map.entry("\"depth\":3,", ""),
            Map.entry("\"eur\":1000000", "\"eur\":-1"),
            Map.entry("\"tools\":[\"pay\",\"read\"]", "\"tools\":[\"read\",\"pay\"]"),
            Map.entry("[\"pay\",\"read\"]", "[\"pay\",1]"),
            Map.entry("\"tools\":[", "\"tools\":[\"pay\","),
            Map.entry("\"to\":", "\"tenants\":[],\"to\":"),
            Map.entry("\"iss\":", "\"extra\":1,\"iss\":"),
            Map.entry("\"sub\":\"alice\"", "\"sub\":\"alice\",\"sub\":\"bob\""),
            Map.entry("\"source\":\"human\"", "\"source\":\"oracle\""),
            Map.entry("\"scope\":\"pay see\"", "\"scope\":\"see pay\""),
            Map.entry("\"scope\":\"pay see\"", "\"scope\":\"pay  see\""),
            Map.entry("\"tollgate\":{", "\"tollgate\":null,\"x\":{"),
            Map.entry("\"req_wl\":\"assistant\"", "\"req_wl\":\"clerk\""),
            Map.entry("{", " {"));
    assertThat(changes).hasSizeGreaterThan(14);
    changes.forEach(
        change -> {
          String from = change.getKey();
          String changed = payload.replaceFirst(Pattern.quote(from), change.getValue());
          assertThat(changed).as(from).isNotEqualTo(payload);
          forged(Forge.sign(header, changed, key));
        });
    forged(Forge.sign(header, "{}", key));
    forged(Forge.sign(header, "null", key));
    forged(Forge.sign(header, "x", key));
  }

  @Test
  void aLifeOfMoreThanAnHourIsForged() {
    long exp = Office.read(good).expiresAt().getEpochSecond();
    forged(Forge.sign(header, payload.replace("" + exp, "" + (exp + 3001)), key));
  }

  @Test
  void aForgedParentSpoilsAGoodSignature() {
    String parent = Forge.sign(header, payload, SigningKeys.make(Curve.P_256, key.getKeyID()));
    Task task = office.accept(office.sign(Office.toTeller(parent)), "teller");
    assertThat(office.refusal(task)).isEqualTo(ReasonCode.DELEGATION_FORGED);
  }

  @Test
  void aWithdrawnKeyMakesForgedWhatItSigned() {
    office.keys.rotate(KeyPurpose.DELEGATION);
    Task clerk = office.accept(good, "clerk");
    assertThat(office.decide(clerk, "read")).isNull();
    String child = office.delegate(clerk, Grant.to("teller").tools("read"));
    office.keys.withdraw(KeyPurpose.DELEGATION, key.getKeyID());
    assertThat(office.refusal(office.accept(child, "teller")))
        .isEqualTo(ReasonCode.DELEGATION_FORGED);
    assertThat(office.decide(clerk, "read")).isEqualTo(ReasonCode.DELEGATION_FORGED);
    office.keys.withdraw(
        KeyPurpose.DELEGATION, office.keys.inUse(KeyPurpose.DELEGATION).getKeyID());
    forged(good); // no key at all
  }

  @Test
  void whatIsLongOrDeepIsRefusedBeforeItCostsAnything() {
    String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    String wide = "x".repeat(8_000_000);
    String nested = "{\"a\":" + "[".repeat(9_000) + "]".repeat(9_000) + "}";
    long start = System.nanoTime();
    forged(Forge.sign(header, deep, key));
    forged(Forge.sign(deep, payload, key));
    forged(wide);
    forged("e30." + wide + ".AA");
    forged(Forge.sign(header, nested, key)); // short enough to be parsed
    forged(Forge.unsigned(nested, payload) + ".AAAA");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }
}
