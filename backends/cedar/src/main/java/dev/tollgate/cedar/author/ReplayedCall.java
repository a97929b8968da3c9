package dev.tollgate.cedar.author;

/**
 * What two policy sets say about one recorded call.
 *
 * @param call the call
 * @param finding whether they say the same
 * @param before what the old set says, for people; {@code ?} if that is not known
 * @param after what the new set says
 * @param why what it depends on, or why it is the same; may be empty
 */
public record ReplayedCall(
    AuditedCall call, Finding finding, String before, String after, String why) {

  /** Whether two sets say the same. */
  public enum Finding {
    /** The outcome and the obligations are the same, whatever the hidden values are. */
    SAME,
    /** They are not, whatever the hidden values are. */
    CHANGED,
    /** It depends on something that is not on record. Never a guess. */
    INDETERMINATE
  }
}
