package dev.tollgate;

import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;

/** The arguments of a call, parsed once. */
public sealed interface Arguments {

  /** A keyed digest: of the canonical form, or of the raw text where it was refused. */
  String digest();

  /** Length in characters of what the model wrote. */
  int length();

  /**
   * What is decided on and executed.
   *
   * @param tree the immutable tree
   * @param canonical its canonical form (RFC 8785), which the tool gets
   */
  record Parsed(JsonValue.Members tree, String canonical, String digest, int length)
      implements Arguments {

    /** Never the values: a model or a user wrote them. */
    @Override
    public String toString() {
      return "Arguments[" + digest + "]";
    }
  }

  /** What the strict parser did not take. A call with it is always denied. */
  record Refused(ReasonCode reason, String problem, String digest, int length)
      implements Arguments {}
}
