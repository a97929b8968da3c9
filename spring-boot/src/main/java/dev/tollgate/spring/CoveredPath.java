package dev.tollgate.spring;

/**
 * One way in which an application runs tools, and whether it leads through the gate.
 *
 * @param path what a person would call it, with the bean's name where it is one
 * @param standing how it stands
 * @param detail why, in a few words; empty if the standing says it all
 */
public record CoveredPath(String path, Standing standing, String detail) {

  /** How a path stands. */
  public enum Standing {
    /** Every call passes the gate. */
    COVERED,
    /** Worth knowing, and no gap. */
    NOTED,
    /** The container can see it, and calls pass the gate by: strict mode stops the start. */
    UNCOVERED,
    /** Nothing in the container can see it; a call there gets no credential. */
    ESCAPES
  }

  public static CoveredPath covered(String path, String detail) {
    return new CoveredPath(path, Standing.COVERED, detail);
  }

  public static CoveredPath noted(String path, String detail) {
    return new CoveredPath(path, Standing.NOTED, detail);
  }

  public static CoveredPath uncovered(String path, String why) {
    return new CoveredPath(path, Standing.UNCOVERED, why);
  }

  public static CoveredPath escapes(String path, String detail) {
    return new CoveredPath(path, Standing.ESCAPES, detail);
  }

  /** As a line of a report. */
  String line() {
    String state = standing == Standing.UNCOVERED ? "NOT COVERED" : "";
    String escape = standing == Standing.ESCAPES ? "never covered, and without credentials" : "";
    String said = state + escape;
    if (said.isEmpty() || detail.isEmpty()) {
      return said.isEmpty() && detail.isEmpty() ? path : path + ": " + said + detail;
    }
    return path + ": " + said + ", " + detail;
  }
}
