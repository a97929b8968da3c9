package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.util.ClassUtils;

/**
 * Whether who calls the endpoint may act on the gate: authenticated by Spring Security, in the
 * operators' role, acting alone, and not with a credential that the gate got for a tool call.
 */
final class Operator {
  private static final boolean SECURED =
      ClassUtils.isPresent(
          "org.springframework.security.core.Authentication", Operator.class.getClassLoader());
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private final ToolGate gate;
  private final String role;

  Operator(ToolGate gate, String role) {
    this.gate = gate;
    this.role = role;
  }

  /** Why somebody may not, and with which status to say so. */
  record Refused(int status, String why) {}

  /** {@code null} if whoever calls is an operator. */
  @Nullable Refused refused(SecurityContext caller) {
    Principal principal = caller.getPrincipal();
    if (!SECURED) {
      return new Refused(FORBIDDEN, "there is no Spring Security to say who asks");
    }
    if (principal == null || principal.getName() == null || principal.getName().isBlank()) {
      return new Refused(UNAUTHORIZED, "not authenticated");
    }
    if (!caller.isUserInRole(role)) {
      return new Refused(FORBIDDEN, "only for the role that tollgate.operator.role names");
    }
    String why = ShownCredential.of(principal).refused(gate);
    return why == null ? null : new Refused(FORBIDDEN, why);
  }
}
