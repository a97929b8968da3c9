package dev.tollgate.policy;

/** What came of looking at the policies when somebody asked for it. */
public enum PolicyReload {
  /** These policies are loaded once, and never again. */
  UNSUPPORTED,
  /** Nothing has changed. */
  UNCHANGED,
  /** Other policies are in force now. */
  LOADED,
  /**
   * Something has changed, and may be half written: it is loaded if the next look finds the same.
   */
  UNSETTLED,
  /** What is there does not load; what was in force stays so. The log and the audit say why. */
  FAILED
}
