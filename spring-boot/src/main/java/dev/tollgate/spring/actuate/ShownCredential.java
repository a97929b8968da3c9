package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.secret.Secret;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.ClassUtils;

/**
 * What somebody showed to Spring Security.
 *
 * @param known whether Spring Security knows who it is at all
 * @param secret what they showed; {@code null} if it is not kept, as with passwords and sessions
 * @param actedFor whether somebody else acts for the one who is named ({@code act}, RFC 8693)
 */
record ShownCredential(boolean known, @Nullable Secret secret, boolean actedFor) {
  private static final String ACT = "act";
  private static final boolean TOKENS =
      ClassUtils.isPresent(
          "org.springframework.security.oauth2.core.OAuth2Token",
          ShownCredential.class.getClassLoader());

  static ShownCredential of(Principal principal) {
    if (!(principal instanceof Authentication authentication)
        || !authentication.isAuthenticated()) {
      return new ShownCredential(false, null, false);
    }
    Object shown = authentication.getCredentials();
    if (TOKENS && shown != null && Token.is(shown)) {
      return new ShownCredential(true, Token.secret(shown), Token.acted(authentication, shown));
    }
    return new ShownCredential(
        true, shown instanceof CharSequence text ? secret(text) : null, false);
  }

  private static @Nullable Secret secret(CharSequence text) {
    return text.isEmpty() ? null : Secret.of(text.toString());
  }

  /** Why nobody acts on the gate with it; {@code null} if they may. */
  @Nullable String refused(ToolGate gate) {
    if (!known) {
      return "not authenticated by Spring Security";
    }
    if (actedFor) {
      return "somebody acts for the user; only people themselves do this";
    }
    return secret != null && gate.issued(secret)
        ? "the credential was issued for a tool call; nobody acts on the gate with it"
        : null;
  }

  /** Only touched where Spring Security's OAuth classes are there. */
  private static final class Token {
    static boolean is(Object shown) {
      return shown instanceof OAuth2Token;
    }

    static Secret secret(Object shown) {
      return Secret.of(((OAuth2Token) shown).getTokenValue());
    }

    static boolean acted(Authentication authentication, Object shown) {
      return (shown instanceof ClaimAccessor claims && claims.hasClaim(ACT))
          || (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal user
              && user.getAttribute(ACT) != null);
    }
  }
}
