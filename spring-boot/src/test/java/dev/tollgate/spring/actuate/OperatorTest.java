package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.Proposal;
import dev.tollgate.SpanOwner;
import dev.tollgate.ToolGate;
import dev.tollgate.ToolResult;
import dev.tollgate.task.Intent;
import dev.tollgate.testkit.CountingIssuer;
import dev.tollgate.testkit.RecordingAuditSink;
import dev.tollgate.testkit.ScriptedPolicy;
import dev.tollgate.testkit.TestGates;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolManifest;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/** Who may act on the gate, by what they showed. */
class OperatorTest {
  private static final String MANIFEST =
      """
      version: tollgate/manifest/v1
      tools:
        - name: bank_pay
          effect: pay
          credential:
            audience: bank
            scopes: [bank.pay]
            origin: https://bank.example
      """;

  private final CountingIssuer issuer = new CountingIssuer("issued-for-a-tool");
  private final ToolGate gate =
      TestGates.gate(ScriptedPolicy.permitAll(), new RecordingAuditSink())
          .manifest(ToolManifest.parse(MANIFEST, "test"))
          .credentials(issuer, issuer)
          .build();

  private Operator.@Nullable Refused refused(@Nullable Principal principal, String... roles) {
    return new Operator(gate, "OPS")
        .refused(
            new SecurityContext() {
              @Override
              public @Nullable Principal getPrincipal() {
                return principal;
              }

              @Override
              public boolean isUserInRole(String role) {
                return List.of(roles).contains(role);
              }
            });
  }

  private static OAuth2AccessToken token(String value) {
    Instant now = Instant.now();
    return new OAuth2AccessToken(
        OAuth2AccessToken.TokenType.BEARER, value, now, now.plusSeconds(60));
  }

  private static TestingAuthenticationToken shown(Object principal, Object credentials) {
    return new TestingAuthenticationToken(
        principal, credentials, AuthorityUtils.createAuthorityList("ROLE_OPS"));
  }

  @Test
  void a_credential_that_was_issued_for_a_tool_call_never_acts_on_the_gate() {
    AtomicReference<Operator.@Nullable Refused> bearer = new AtomicReference<>();
    AtomicReference<Operator.@Nullable Refused> password = new AtomicReference<>();
    gate.call(
        gate.propose(
            new Proposal(
                gate.startTask(Intent.human("pay"), null, null, "c"),
                gate.describe(new ToolDefinition("bank_pay", "", "", "test")),
                "{}",
                "1",
                SpanOwner.GATE)),
        arguments -> {
          bearer.set(refused(shown("olga", token("issued-for-a-tool-1")), "OPS"));
          password.set(refused(shown("olga", "issued-for-a-tool-1"), "OPS"));
          return ToolResult.returned("paid");
        });
    assertThat(bearer.get()).isNotNull().extracting(Operator.Refused::status).isEqualTo(403);
    assertThat(bearer.get()).asString().contains("issued for a tool call");
    assertThat(password.get()).isNotNull();
    // Nor when its call has ended.
    assertThat(refused(shown("olga", token("issued-for-a-tool-1")), "OPS")).isNotNull();
    assertThat(refused(shown("olga", token("her-own")), "OPS")).isNull();
  }

  @Test
  void whoever_acts_for_somebody_else_is_no_operator() {
    DefaultOAuth2AuthenticatedPrincipal acted =
        new DefaultOAuth2AuthenticatedPrincipal(
            Map.of("sub", "olga", "act", Map.of("sub", "agent")),
            AuthorityUtils.createAuthorityList("ROLE_OPS"));
    assertThat(refused(shown(acted, token("t")), "OPS"))
        .isNotNull()
        .asString()
        .contains("acts for the user");
    // A signed token says it itself: who is named in it is no principal of OAuth2's then.
    assertThat(refused(shown("olga", new Claims(Map.of("act", Map.of("sub", "agent")))), "OPS"))
        .isNotNull()
        .asString()
        .contains("acts for the user");
    assertThat(refused(shown("olga", new Claims(Map.of("sub", "olga"))), "OPS")).isNull();
  }

  /** As a resource server's token is. */
  private static final class Claims extends AbstractOAuth2Token implements ClaimAccessor {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Object> claims;

    Claims(Map<String, Object> claims) {
      super("signed");
      this.claims = claims;
    }

    @Override
    public Map<String, Object> getClaims() {
      return claims;
    }
  }

  @Test
  void who_is_not_known_to_spring_security_in_that_role_is_no_operator() {
    assertThat(refused(null, "OPS")).isEqualTo(new Operator.Refused(401, "not authenticated"));
    Principal container = () -> "olga";
    assertThat(refused(container, "OPS")).asString().contains("not authenticated");
    assertThat(refused(shown("olga", "x"), "USER")).asString().contains("tollgate.operator.role");
    TestingAuthenticationToken unproven = new TestingAuthenticationToken("olga", "x");
    unproven.setAuthenticated(false);
    assertThat(refused(unproven, "OPS")).asString().contains("not authenticated");
  }
}
