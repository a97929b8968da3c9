package dev.tollgate.demo.idp;

import java.time.Duration;

/**
 * Makes the token endpoint misbehave, to show what the gate does then. Introspection and revocation
 * stay sound.
 */
public final class IdpFaults {
  /** What the token endpoint does. */
  public enum Mode {
    /** Works. */
    NONE,
    /** Answers 503. */
    DOWN,
    /** Answers correctly, but late. */
    SLOW,
    /** Grants one scope that was not asked for. */
    WIDER_SCOPE,
    /** Grants one audience that was not asked for. */
    WIDER_AUDIENCE,
    /** Issues a token that lives for an hour. */
    LONG_LIVED,
    /** Ignores the actor token, as a server does that does not know delegation. */
    NO_ACTOR,
    /** Writes another actor than the one whose token came. */
    WRONG_ACTOR,
    /** Answers 200 with a web page, as a captive portal does. */
    HTML,
    /** Answers 200 with nothing. */
    EMPTY
  }

  private volatile Mode mode = Mode.NONE;
  private volatile Duration delay = Duration.ofSeconds(10);

  public Mode mode() {
    return mode;
  }

  public void set(Mode next) {
    mode = next;
  }

  /** Sets {@link Mode#SLOW} with this delay; the default is ten seconds. */
  public void slow(Duration nextDelay) {
    delay = nextDelay;
    mode = Mode.SLOW;
  }

  Duration delay() {
    return delay;
  }
}
