package dev.tollgate.cedar.author;

import dev.tollgate.cedar.LoadedPolicies;
import java.util.List;

/**
 * The cases of one file, and the policies under the manifest that they name.
 *
 * @param name the file
 * @param policies the set, checked against the manifest
 * @param cases in the order of the file, at least one
 */
public record CaseFile(String name, LoadedPolicies policies, List<PolicyCase> cases) {
  public CaseFile {
    cases = List.copyOf(cases);
  }
}
