package dev.tollgate.spring.security;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * An authorization manager as a policy decision point. It is asked about each call with what the
 * task's caller was signed in with, on whatever thread the tool runs. It abstains, throws, or
 * nobody is signed in: all of that is a deny. Thread-safe if the manager is.
 */
public final class AuthorizationManagerPolicy implements PolicyDecisionPoint {
  private static final Logger log = LoggerFactory.getLogger(AuthorizationManagerPolicy.class);
  private static final String NAME = "authorization-manager";
  private static final String REVISION = "code"; // changes with the application only
  private final AuthorizationManager<? super PolicyRequest> manager;

  private AuthorizationManagerPolicy(AuthorizationManager<? super PolicyRequest> manager) {
    this.manager = manager;
  }

  /**
   * The manager's answers and no other policies: for a bean that replaces the configured ones. A
   * bean of type {@code AuthorizationManager<PolicyRequest>} is asked above them by itself.
   */
  public static AuthorizationManagerPolicy of(AuthorizationManager<? super PolicyRequest> manager) {
    return new AuthorizationManagerPolicy(manager);
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    return requests.stream().map(this::decide).toList();
  }

  private Decision decide(PolicyRequest request) {
    // Not whoever is signed in on this thread, who may be somebody else by now.
    Authentication authentication =
        Authentications.of(Objects.requireNonNull(request.task().caller()));
    if (authentication == null) {
      return deny(ReasonCode.POLICY_NO_PERMIT, "nobody signed in");
    }
    AuthorizationResult result;
    try {
      result = manager.authorize(() -> authentication, request);
    } catch (AccessDeniedException e) {
      return deny(ReasonCode.POLICY_FORBIDDEN, "access denied");
    } catch (RuntimeException e) {
      // Not the message: it may quote the arguments, which a model wrote.
      log.error("{} failed with {}", manager.getClass().getName(), e.getClass().getName());
      return deny(ReasonCode.POLICY_ERROR, "failed");
    }
    if (result == null) {
      return deny(ReasonCode.POLICY_NO_PERMIT, "abstained");
    }
    if (result instanceof ToolAuthorization.ApprovalNeeded) {
      return new Decision.NeedsApproval(basis("approval needed"), List.of());
    }
    return result.isGranted()
        ? Decision.permit(basis("granted"))
        : deny(ReasonCode.POLICY_FORBIDDEN, "not granted");
  }

  private static Decision deny(ReasonCode reason, String why) {
    return new Decision.Deny(basis(why), reason);
  }

  private static Basis basis(String why) {
    return new Basis(NAME, REVISION, List.of(why));
  }

  @Override
  public String revision() {
    return REVISION;
  }

  @Override
  public String name() {
    return NAME;
  }
}
