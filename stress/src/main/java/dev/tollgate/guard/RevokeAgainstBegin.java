package dev.tollgate.guard;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call that goes on either never began, or is named by the acknowledgement. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "revoked before it began")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "in flight, and said to be")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "runs after the acknowledgement")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "named, but it never ran")
@State
public class RevokeAgainstBegin extends RevokedCall {
  @Actor
  public void call(ZZ_Result result) {
    result.r1 = begins();
  }

  @Actor
  public void revoke(ZZ_Result result) {
    result.r2 = revokedInFlight();
  }
}
