package dev.tollgate.cedar.author;

import java.util.List;

/**
 * How the cases of a set went.
 *
 * @param suite the set's name or folder
 * @param results one for each case, in the order of the files
 * @param coverage what they exercise
 */
public record SuiteReport(String suite, List<CaseResult> results, CaseCoverage coverage) {
  public SuiteReport {
    results = List.copyOf(results);
  }

  /** The cases that went wrong. */
  public List<CaseResult> failures() {
    return results.stream().filter(result -> !result.passed()).toList();
  }

  /**
   * Whether there are cases, all passed, and they exercise enough.
   *
   * @param percent how many of a hundred policies must have decided in some case
   */
  public boolean good(int percent) {
    return !results.isEmpty() && failures().isEmpty() && coverage.percent() >= percent;
  }
}
