package dev.tollgate.guard;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two who revoke the same, each may rely on its own acknowledgement, whoever was first. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "nothing begins after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a call began after an acknowledged revocation")
@State
public class TwoRevocations extends RevokedCall {
  @Actor
  public void revoke(ZZ_Result result) {
    result.r1 = revokedInFlight();
  }

  @Actor
  public void revokeAndCall(ZZ_Result result) {
    cut();
    result.r2 = begins();
  }
}
