package dev.tollgate.cedar;

import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse.AuthorizationError;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads Cedar's answer. Cedar skips a policy that fails, even a forbid; here that is a deny. */
final class Verdict {
  private final String revision;
  private final Map<String, Demands> demands;
  private final Map<String, String> reasons;

  /**
   * @param demands what each policy demands, by id
   * @param reasons what those that say it are for, by id
   */
  Verdict(String revision, Map<String, Demands> demands, Map<String, String> reasons) {
    this.revision = revision;
    this.demands = Map.copyOf(demands);
    this.reasons = Map.copyOf(reasons);
  }

  Decision of(AuthorizationResponse answer) {
    AuthorizationSuccessResponse success = answer.success.orElse(null);
    if (success == null) {
      return deny(ReasonCode.POLICY_ERROR, List.of());
    }
    if (!success.getErrors().isEmpty()) {
      return deny(
          ReasonCode.POLICY_ERROR,
          success.getErrors().stream().map(AuthorizationError::getPolicyId).toList());
    }
    if (!success.isAllowed()) {
      return success.getReason().isEmpty()
          ? deny(ReasonCode.POLICY_NO_PERMIT, List.of())
          : deny(ReasonCode.POLICY_FORBIDDEN, success.getReason());
    }
    return permit(basis(success.getReason()));
  }

  private Decision permit(Basis basis) {
    Demands all = Demands.NONE;
    for (String id : basis.policies()) {
      Demands one = demands.get(id);
      if (one == null) {
        return deny(ReasonCode.POLICY_ERROR, basis.policies()); // not a policy we loaded
      }
      all = all.and(one);
    }
    if (basis.policies().isEmpty()) {
      return deny(ReasonCode.POLICY_ERROR, List.of());
    }
    return all.approval()
        ? new Decision.NeedsApproval(basis, all.obligations())
        : new Decision.Permit(basis, all.obligations());
  }

  Decision deny(ReasonCode reason, Collection<String> policies) {
    return new Decision.Deny(basis(policies), reason);
  }

  private Basis basis(Collection<String> policies) {
    List<String> ids = policies.stream().distinct().sorted().toList();
    List<String> why = new ArrayList<>();
    for (String id : ids) {
      String reason = reasons.get(id);
      if (reason != null && !why.contains(reason)) {
        why.add(reason);
      }
    }
    return new Basis(CedarPolicyDecisionPoint.NAME, revision, ids, why, null);
  }
}
