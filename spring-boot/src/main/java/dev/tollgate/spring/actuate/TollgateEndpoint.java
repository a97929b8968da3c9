package dev.tollgate.spring.actuate;

import dev.tollgate.ToolGate;
import dev.tollgate.guard.Revocation;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.policy.PolicyReload;
import dev.tollgate.state.StateException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;

/**
 * {@code /actuator/tollgate}: what the gate covers and does, and for operators {@code revoke} and
 * {@code reload}.
 */
@Endpoint(id = "tollgate")
@SuppressWarnings(
    "deprecation") // the one mark of an optional parameter that Boot 3.5 understands too
public final class TollgateEndpoint {
  private static final Logger log = LoggerFactory.getLogger(TollgateEndpoint.class);
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int LONGEST = 512;
  private final ToolGate gate;
  private final GateView view;
  private final Operator operators;

  TollgateEndpoint(ToolGate gate, GateView view, Operator operators) {
    this.gate = gate;
    this.view = view;
    this.operators = operators;
  }

  /** What the gate covers, and how it stands; calls of tenants only for operators. */
  @ReadOperation
  public Map<String, Object> tollgate(SecurityContext caller) {
    return view.shown(operators.refused(caller) == null);
  }

  /**
   * {@code POST …/revoke} or {@code POST …/reload}, with JSON. The parameters are those of a
   * revocation.
   */
  @WriteOperation
  public WebEndpointResponse<Map<String, Object>> act(
      SecurityContext caller,
      @Selector String operation,
      @Nullable String kind,
      @Nullable String tenant,
      @Nullable String id) {
    Operator.Refused refused = operators.refused(caller);
    if (refused != null) {
      log.warn("the actuator endpoint refused somebody to act on the gate: {}", refused.why());
      return answer(refused.status(), "error", refused.why());
    }
    String by = Objects.requireNonNull(caller.getPrincipal()).getName();
    return switch (operation) {
      case "revoke" -> revoke(kind, tenant, id == null ? "" : id, by);
      case "reload" -> reload(by);
      default -> answer(NOT_FOUND, "error", "operations are revoke and reload");
    };
  }

  private WebEndpointResponse<Map<String, Object>> revoke(
      @Nullable String kind, @Nullable String tenant, String id, String by) {
    if (kind == null || tenant == null || tenant.isBlank()) {
      return answer(BAD_REQUEST, "error", "kind and tenant are needed");
    }
    if (tenant.length() > LONGEST || id.length() > LONGEST) {
      return answer(BAD_REQUEST, "error", "tenant or id is too long");
    }
    RevocationTarget target;
    try {
      target =
          new RevocationTarget(
              tenant, RevocationTarget.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), id);
    } catch (IllegalArgumentException e) {
      return answer(
          BAD_REQUEST,
          "error",
          "kind is task, agent, subject, delegation or lease, with an id, or tenant without one");
    }
    try {
      Revocation revocation = gate.killSwitch().revoke(target, by);
      return new WebEndpointResponse<>(
          Map.of(
              "revoked", kind.toLowerCase(Locale.ROOT),
              "inFlight", revocation.inFlight().size(),
              "approvals", revocation.approvals(),
              "recorded", revocation.recorded()));
    } catch (StateException e) {
      log.error("a revocation may not hold elsewhere", e);
      return answer(UNAVAILABLE, "error", "it holds here, but may not hold elsewhere: try again");
    }
  }

  private WebEndpointResponse<Map<String, Object>> reload(String by) {
    try {
      PolicyReload reload = gate.reloadPolicies(by);
      return new WebEndpointResponse<>(
          Map.of(
              "reload", reload.name().toLowerCase(Locale.ROOT),
              "revision", gate.status().revision()));
    } catch (IllegalStateException e) {
      return answer(UNAVAILABLE, "error", "the audit took no record, so nothing was loaded");
    }
  }

  private static WebEndpointResponse<Map<String, Object>> answer(
      int status, String name, String text) {
    return new WebEndpointResponse<>(Map.of(name, text), status);
  }
}
