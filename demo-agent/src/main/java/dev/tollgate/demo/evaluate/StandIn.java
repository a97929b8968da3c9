package dev.tollgate.demo.evaluate;

import java.util.Locale;

/** What stands in for the person who approves. */
enum StandIn {
  /** Nobody: a call that needs approval stays denied. */
  NEVER,
  /** A person who says yes to everything. */
  ALWAYS;

  /** As the command line and the report name it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static StandIn named(String text) {
    for (StandIn one : values()) {
      if (one.text().equals(text)) {
        return one;
      }
    }
    throw new IllegalArgumentException("--approver is never or always, not '" + text + "'");
  }
}
