package dev.tollgate.guard;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The lease of a call that is revoked is hidden and cut, whichever comes first. */
@JCStressTest
@Outcome(id = "false, true, true", expect = Expect.ACCEPTABLE, desc = "cut before it began")
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "cut in flight")
@Outcome(
    id = "false, false, false",
    expect = Expect.ACCEPTABLE,
    desc = "the revocation was over before the call came, which then never began")
@Outcome(expect = Expect.FORBIDDEN, desc = "a revoked call has its lease")
@State
public class RevokeAgainstLease extends RevokedCall {
  private final AtomicInteger hidden = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @Actor
  public void call(ZZZ_Result result) {
    revocations.enter(running);
    running.leased("l-1", hidden::incrementAndGet, ended::incrementAndGet);
    result.r1 = revocations.refuse(running.call()) == null && running.begin() == null;
  }

  @Actor
  public void revoke() {
    cut();
  }

  @Arbiter
  public void look(ZZZ_Result result) {
    result.r2 = hidden.get() > 0;
    result.r3 = ended.get() > 0;
  }
}
