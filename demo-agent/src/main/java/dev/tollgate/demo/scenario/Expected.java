package dev.tollgate.demo.scenario;

/**
 * How one call must end.
 *
 * @param tool the tool
 * @param reason the reason code, empty if it must run
 */
record Expected(String tool, String reason) {
  static Expected runs(String tool) {
    return new Expected(tool, "");
  }

  static Expected denied(String tool, String reason) {
    return new Expected(tool, reason);
  }
}
