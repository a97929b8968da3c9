package dev.tollgate;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.CredentialNeed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a policy that is asked again while a call runs demands more than the call was admitted
 * under. By then it is too late to ask a person, or to narrow a credential: then it is a refusal.
 */
final class Stricter {
  private Stricter() {}

  /** Why the second decision stops the call's connection; {@code null} if it does not. */
  static @Nullable ReasonCode than(AdmittedCall admitted, Decision second) {
    if (second instanceof Decision.Deny deny) {
      return deny.reason();
    }
    if (second instanceof Decision.NeedsApproval && !approvedFor(admitted, second)) {
      return ReasonCode.APPROVAL_REQUIRED;
    }
    for (Obligation obligation : Decision.obligations(second)) {
      if (!kept(admitted, obligation)) {
        return ReasonCode.DESTINATION_REFUSED;
      }
    }
    return null;
  }

  /** A person said yes to the call under these policies, not to wherever else it may lead. */
  private static boolean approvedFor(AdmittedCall admitted, Decision second) {
    return admitted.obligations().stream().anyMatch(Obligation.ApprovedUntil.class::isInstance)
        && !second.basis().policies().isEmpty()
        && admitted.decision().basis().policies().containsAll(second.basis().policies());
  }

  private static boolean kept(AdmittedCall admitted, Obligation again) {
    List<Obligation> first = admitted.obligations();
    CredentialNeed need = admitted.call().tool().credential();
    if (first.contains(again)) {
      return true;
    }
    if (again instanceof Obligation.CapLifetime cap) {
      return need == null
          || need.lifetime().compareTo(cap.lifetime()) <= 0
          || first.stream()
              .anyMatch(
                  one ->
                      one instanceof Obligation.CapLifetime mine
                          && mine.lifetime().compareTo(cap.lifetime()) <= 0);
    }
    if (again instanceof Obligation.NarrowScope narrow) {
      return need == null
          || narrow.scopes().containsAll(need.scopes())
          || first.stream()
              .anyMatch(
                  one ->
                      one instanceof Obligation.NarrowScope mine
                          && narrow.scopes().containsAll(mine.scopes()));
    }
    if (again instanceof Obligation.MaskResult mask) {
      Set<String> masked = new HashSet<>();
      for (Obligation one : first) {
        if (one instanceof Obligation.MaskResult mine) {
          masked.addAll(mine.members());
        }
      }
      return masked.containsAll(mask.members());
    }
    return false;
  }
}
