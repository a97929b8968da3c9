package dev.tollgate.audit;

import java.util.List;

/**
 * What the verifier found in one stream.
 *
 * @param stream the tenant
 * @param records how many authentic records it has
 * @param attestedTo the sequence number up to which a signed head vouches for it, 0 if none does
 * @param findings what is wrong, in the order of the file
 * @param notes what is not wrong but worth knowing, such as a tail that no head attests
 */
public record AuditReport(
    String stream, long records, long attestedTo, List<String> findings, List<String> notes) {
  public AuditReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Whether nothing was found changed, missing, reordered or cut. */
  public boolean intact() {
    return findings.isEmpty();
  }
}
