package dev.tollgate.spring.security;

import dev.tollgate.secret.Secret;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.ClassUtils;

/** Makes a caller of whoever is signed in. Thread-safe. */
final class SignedInCallers {
  private static final boolean OAUTH =
      ClassUtils.isPresent(
          "org.springframework.security.oauth2.core.OAuth2Token",
          SignedInCallers.class.getClassLoader());
  private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
  private final @Nullable String tenant;
  private final @Nullable String tenantClaim;

  /**
   * @param tenant everybody's, where no claim names one
   * @param tenantClaim the claim or attribute that does; {@code null} if none
   */
  SignedInCallers(@Nullable String tenant, @Nullable String tenantClaim) {
    this.tenant = tenant;
    this.tenantClaim = tenantClaim;
  }

  /**
   * The caller.
   *
   * @throws NotSignedInException for an anonymous one, or one without a name or a tenant
   */
  Caller of(Authentication authentication) {
    if (!authentication.isAuthenticated() || trust.isAnonymous(authentication)) {
      throw new NotSignedInException("nobody is signed in");
    }
    String of = tenantClaim == null ? tenant : claim(authentication, tenantClaim);
    if (of == null) {
      throw new NotSignedInException(
          "no tenant for whoever is signed in: set tollgate.tenant or tollgate.security.tenant-claim");
    }
    Caller caller;
    try {
      caller = new Caller(of, authentication.getName(), OAUTH ? OAuth.token(authentication) : null);
    } catch (IllegalArgumentException e) {
      // Not the value: a token's issuer wrote it.
      throw new NotSignedInException("whoever is signed in cannot be a caller: " + e.getMessage());
    }
    Authentications.remember(caller, authentication);
    return caller;
  }

  private static @Nullable String claim(Authentication authentication, String name) {
    return OAUTH ? OAuth.claim(authentication.getPrincipal(), name) : null;
  }

  /** Loaded only where Spring Security's OAuth2 is there. */
  private static final class OAuth {
    /** A resource server's authentications have the token that was presented as credentials. */
    static @Nullable Secret token(Authentication authentication) {
      return authentication.getCredentials() instanceof OAuth2Token token
          ? Secret.of(token.getTokenValue())
          : null;
    }

    static @Nullable String claim(@Nullable Object principal, String name) {
      Object value = null;
      if (principal instanceof OAuth2AuthenticatedPrincipal user) {
        value = user.getAttributes().get(name);
      } else if (principal instanceof ClaimAccessor token) {
        value = token.getClaims().get(name);
      }
      return value instanceof String text ? text : null;
    }
  }
}
