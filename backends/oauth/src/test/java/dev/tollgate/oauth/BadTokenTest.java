package dev.tollgate.oauth;

import static dev.tollgate.oauth.FaultyServer.json;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_UNVERIFIABLE;
import static dev.tollgate.reason.ReasonCode.CREDENTIAL_WIDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.credential.CredentialException;
import dev.tollgate.reason.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token that is wider than asked for, or cannot be checked, is revoked and refused. */
class BadTokenTest extends FaultyServerFixture {
  /** One misbehaviour: how the token is made from the server, and what must come of it. */
  record Fault(String name, TokenMaker maker, ReasonCode reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface TokenMaker {
    String token(FaultyServer server);
  }

  static Stream<Fault> badTokens() {
    ECKey stranger = Keys.ec("server-1");
    return Stream.of(
        fault("two audiences", CREDENTIAL_WIDER, "[\"crm-api\",\"hr-api\"]", "\"crm.read\"", 60),
        fault("same audience twice", CREDENTIAL_WIDER, "[\"crm-api\",\"crm-api\"]", "[]", 60),
        fault("other audience", CREDENTIAL_WIDER, "\"hr-api\"", "\"crm.read\"", 60),
        fault("null audience", CREDENTIAL_WIDER, "null", "\"crm.read\"", 60),
        fault("extra scope", CREDENTIAL_WIDER, "\"crm-api\"", "\"crm.read crm.write\"", 60),
        fault("extra in array", CREDENTIAL_WIDER, "\"crm-api\"", "[\"crm.read\",\"x\"]", 60),
        fault("two in one item", CREDENTIAL_WIDER, "\"crm-api\"", "[\"crm.read crm.write\"]", 60),
        fault("tab in scope", CREDENTIAL_WIDER, "\"crm-api\"", "\"crm.read\\tcrm.write\"", 60),
        fault("scope a number", CREDENTIAL_UNVERIFIABLE, "\"crm-api\"", "7", 60),
        fault("long lifetime", CREDENTIAL_WIDER, "\"crm-api\"", "\"crm.read\"", 300),
        fault("67 seconds", CREDENTIAL_WIDER, "\"crm-api\"", "\"crm.read\"", 67),
        fault("expired", CREDENTIAL_UNVERIFIABLE, "\"crm-api\"", "\"crm.read\"", -10),
        // As milliseconds in a long this wraps around to November 2026.
        edited("exp wraps", CREDENTIAL_WIDER, "\"exp\":", "\"exp\":18446745869149700,\"y\":"),
        edited("missing exp", CREDENTIAL_WIDER, "\"exp\"", "\"exq\""),
        edited("exp a text", CREDENTIAL_UNVERIFIABLE, "\"exp\":", "\"exp\":\"x\",\"y\":"),
        edited("missing audience", CREDENTIAL_WIDER, "\"aud\"", "\"aue\""),
        edited("extra scp", CREDENTIAL_WIDER, "\"iat\"", "\"scp\":[\"admin\"],\"iat\""),
        edited("other subject", CREDENTIAL_WIDER, "\"alice\"", "\"mallory\""),
        edited("no subject", CREDENTIAL_WIDER, "\"sub\"", "\"suc\""),
        edited("wrong iss", CREDENTIAL_UNVERIFIABLE, "\"iss\":\"", "\"iss\":\"x"),
        edited("no iss", CREDENTIAL_UNVERIFIABLE, "\"iss\"", "\"ist\""),
        edited("duplicate claim", CREDENTIAL_UNVERIFIABLE, "{", "{\"aud\":\"crm-api\","),
        of("wrong signature", s -> Keys.sign(stranger, s.claims())),
        of("unknown kid", s -> Keys.sign(Keys.ec("server-2"), s.claims())),
        of("alg none", s -> encode("{\"alg\":\"none\"}") + "." + encode(s.claims()) + "."),
        of(
            "alg none, signed",
            s -> encode("{\"alg\":\"none\"}") + "." + encode(s.claims()) + ".AA"),
        of("opaque", s -> "opaque-CANARY-CLAIM-0123456789"),
        of("inner space", s -> Keys.sign(s.key, s.claims()).replaceFirst("\\.", ". ")),
        of("space in signature", s -> Keys.sign(s.key, s.claims()) + " "),
        of("padding", s -> Keys.sign(s.key, s.claims()) + "=="),
        of("logout token", s -> Keys.sign(s.key, typed("logout+jwt"), s.claims())),
        of("too long", s -> Keys.sign(s.key, s.claims().replace("id-1", "i".repeat(17_000)))));
  }

  private static Fault fault(String name, ReasonCode reason, String aud, String scope, long life) {
    return new Fault(name, s -> Keys.sign(s.key, s.claims(aud, scope, life)), reason);
  }

  private static Fault edited(String name, ReasonCode reason, String from, String to) {
    return new Fault(
        name, s -> Keys.sign(s.key, s.claims().replaceFirst("\\Q" + from, to)), reason);
  }

  private static Fault of(String name, TokenMaker maker) {
    return new Fault(name, maker, CREDENTIAL_UNVERIFIABLE);
  }

  private static JWSHeader.Builder typed(String type) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .keyID("server-1")
        .type(new JOSEObjectType(type));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void aBadTokenIsRevokedBeforeItIsRefused(Fault fault) {
    String token = fault.maker().token(server);
    server.give(token);

    CredentialException refused = refused();

    assertThat(refused.reason()).isEqualTo(fault.reason());
    assertThat(server.revoked).containsExactly(token);
    assertThat(refused).hasMessageContaining("it was revoked");
    assertThat(refused.getMessage()).doesNotContain(token);
  }

  /** One misbehaviour of the response around a token that is fine. */
  record Wrapped(String name, String before, String after, ReasonCode reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrapped> badResponses() {
    return Stream.of(
        new Wrapped("wider scope", "", ",\"scope\":\"crm.read admin\"", CREDENTIAL_WIDER),
        new Wrapped("long expires_in", "", ",\"expires_in\":61", CREDENTIAL_WIDER),
        new Wrapped("text expires_in", "", ",\"expires_in\":\"60\"", CREDENTIAL_UNVERIFIABLE),
        new Wrapped("DPoP", "DPoP", "", CREDENTIAL_UNVERIFIABLE),
        new Wrapped("N_A", "N_A", "", CREDENTIAL_UNVERIFIABLE),
        new Wrapped(
            "id token",
            "",
            ",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:id_token\"",
            CREDENTIAL_UNVERIFIABLE));
  }

  @ParameterizedTest
  @MethodSource("badResponses")
  void aBadResponseAroundAGoodTokenIsRefused(Wrapped fault) {
    String token = Keys.sign(server.key, server.claims());
    String type = fault.before().isEmpty() ? "bearer" : fault.before();
    server.token =
        exchange ->
            json(
                exchange,
                200,
                "{\"token_type\":\"%s\",\"access_token\":\"%s\"%s}"
                    .formatted(type, token, fault.after()));

    assertThat(refused().reason()).isEqualTo(fault.reason());
    assertThat(server.revoked).containsExactly(token);
  }

  @Test
  void aRefreshTokenIsAStandingCredential() {
    String token = Keys.sign(server.key, server.claims());
    server.token =
        exchange ->
            json(
                exchange,
                200,
                FaultyServer.TOKEN_HEAD + token + "\",\"refresh_token\":\"CANARY-CLAIM-r\"}");

    assertThat(refused().reason()).isEqualTo(CREDENTIAL_WIDER);
    assertThat(server.revoked).containsExactly("CANARY-CLAIM-r", token);
  }
}
