package dev.tollgate.springai.weave;

import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Answers where it is woven, and only there. */
public final aspect WeavingProof {
  // Nothing is woven into this jar, so here no advice ever matches.
  @SuppressAjWarnings("adviceDidNotMatch")
  boolean around(): execution(public static boolean Weaving.active()) {
    return true;
  }
}
