package dev.tollgate.spring.security;

import dev.tollgate.spring.CallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Whoever is signed in on this thread. Outside of requests there is often nobody, which leaves it
 * to the configured caller; in a request it does not, or anybody could work on that one's behalf.
 */
final class SecurityContextCallers implements CallerSource {
  private static final boolean WEB =
      ClassUtils.isPresent(
          "org.springframework.web.context.request.RequestContextHolder",
          SecurityContextCallers.class.getClassLoader());
  private final SignedInCallers callers;

  SecurityContextCallers(SignedInCallers callers) {
    this.callers = callers;
  }

  @Override
  public @Nullable Caller current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null) {
      return callers.of(authentication);
    }
    if (WEB && Request.underWay()) {
      throw new NotSignedInException("a request is under way, and nobody is signed in");
    }
    return null;
  }

  /** Loaded only where Spring's web support is there. */
  private static final class Request {
    static boolean underWay() {
      return RequestContextHolder.getRequestAttributes() != null;
    }
  }
}
