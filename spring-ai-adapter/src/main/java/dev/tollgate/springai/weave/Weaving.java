package dev.tollgate.springai.weave;

/** Whether the weaver is there. A missing agent says nothing by itself. */
public final class Weaving {
  private Weaving() {}

  /** The answer is the aspect's: this body runs only where nothing is woven. */
  public static boolean active() {
    return false;
  }
}
