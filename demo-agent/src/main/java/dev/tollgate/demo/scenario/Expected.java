package dev.tollgate.demo.scenario;

/**
 * How one call must end.
 *
 * @param tool the tool
 * @param reason the reason code, empty if it must run
 * @param requests how often the office must hear of it
 */
record Expected(String tool, String reason, int requests) {
  static Expected runs(String tool) {
    return new Expected(tool, "", 1);
  }

  static Expected denied(String tool, String reason) {
    return new Expected(tool, reason, 0);
  }

  /** It runs, and is no business of the office. */
  static Expected runsOutside(String tool) {
    return new Expected(tool, "", 0);
  }

  /** It had begun when it was revoked. */
  static Expected cutShort(String tool) {
    return new Expected(tool, "revoked_in_flight", 1);
  }

  /** What the audit must say. */
  String story() {
    return tool + (reason.isEmpty() ? " runs" : " " + reason);
  }
}
