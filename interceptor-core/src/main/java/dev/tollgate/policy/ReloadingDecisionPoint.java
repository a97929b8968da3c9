package dev.tollgate.policy;

import dev.tollgate.GateClock;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies that are loaded again when they change. A new version is loaded beside the one in force
 * and takes its place at once; one that does not load leaves the last good one in force, until that
 * is older than it may be: then every call is denied. Thread-safe.
 */
public final class ReloadingDecisionPoint implements PolicyDecisionPoint {
  private static final Logger log = LoggerFactory.getLogger(ReloadingDecisionPoint.class);
  private static final Duration LONGEST = Duration.ofDays(36_500); // nanoseconds run over later

  /**
   * @param endsNanos the version's end on the clock that never goes back
   */
  private record InForce(PolicyVersion version, String digest, long endsNanos) {}

  private final PolicyOrigin origin;
  private final ReloadSettings settings;
  private final GateClock clock;
  private final ScheduledExecutorService thread;
  private final PolicyListeners listeners = new PolicyListeners();
  private volatile InForce inForce;
  private volatile long goodLook;
  private volatile boolean closed;
  private @Nullable String unsettled;

  private ReloadingDecisionPoint(PolicyOrigin origin, ReloadSettings settings, GateClock clock) {
    this.origin = origin;
    this.settings = settings;
    this.clock = clock;
    this.goodLook = clock.nanos();
    PolicyOrigin.Found found = origin.look();
    this.inForce = inForce(found.load(null), found.digest());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "tollgate-policies");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Loads what is there, and looks again from time to time until it is closed.
   *
   * @throws RuntimeException if it does not load
   */
  public static ReloadingDecisionPoint start(
      PolicyOrigin origin, ReloadSettings settings, GateClock clock) {
    ReloadingDecisionPoint made = new ReloadingDecisionPoint(origin, settings, clock);
    made.inForce.version().policies().listen(made.listeners);
    Duration every = settings.every();
    if (every != null) {
      long nanos = every.toNanos();
      // A look catches whatever goes wrong, so there is nothing to learn from the future.
      var unused =
          made.thread.scheduleWithFixedDelay(made::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }
    return made;
  }

  private InForce inForce(PolicyVersion version, String digest) {
    Instant ends = version.ends();
    Duration left = ends == null ? LONGEST : Duration.between(clock.now(), ends);
    long nanos = (left.compareTo(LONGEST) > 0 ? LONGEST : left).toNanos();
    return new InForce(version, digest, clock.nanos() + nanos);
  }

  /** Looks now, and loads what changed. Never throws: a look that fails is reported. */
  public void look() {
    var unused = reload();
  }

  @Override
  public synchronized PolicyReload reload() {
    if (closed) {
      return PolicyReload.UNCHANGED;
    }
    long began = clock.nanos();
    try {
      PolicyOrigin.Found found = origin.look();
      PolicyVersion before = inForce.version();
      if (!found.digest().equals(inForce.digest())) {
        if (!found.whole() && !found.digest().equals(unsettled)) {
          unsettled = found.digest(); // and no good look: what never settles grows too old
          return PolicyReload.UNSETTLED;
        }
        PolicyVersion next = found.load(before);
        next.policies().listen(listeners);
        inForce = inForce(next, found.digest());
        goodLook = began;
        unsettled = null;
        report(next, before);
        return PolicyReload.LOADED;
      }
      goodLook = began;
      unsettled = null;
      return PolicyReload.UNCHANGED;
    } catch (RuntimeException | Error e) { // an Error would end the thread, and all further looks
      failed(e);
      return PolicyReload.FAILED;
    }
  }

  private void report(PolicyVersion next, PolicyVersion before) {
    PolicyListener.Change change = next.since(before);
    log.info(
        "policies changed from {} to {}: {} in force; forbids gone: {}; permits new: {}",
        change.from(),
        change.to(),
        change.policies(),
        change.forbidsGone().size(),
        change.permitsNew().size());
    if (change.policies() == 0) {
      log.warn("the policies are empty now: every call is denied");
    }
    listeners.reloaded(change);
  }

  private void failed(Throwable e) {
    if (closed) {
      return; // an interrupted read, most likely
    }
    String message = e.getMessage();
    String problem = e instanceof Error || message == null ? e.getClass().getSimpleName() : message;
    log.error("policies did not load, so those before stay in force: {}", problem);
    listeners.reloadFailed(problem);
  }

  @Override
  public List<Decision> decide(List<PolicyRequest> requests) {
    InForce one = inForce; // all that were proposed together are decided under the same version
    if (!stale(one)) {
      return one.version().policies().decide(requests);
    }
    Basis basis = new Basis(name(), revision(one), List.of());
    Decision deny = new Decision.Deny(basis, ReasonCode.POLICY_STALE);
    return requests.stream().map(request -> deny).toList();
  }

  @Override
  public boolean couldPermit(Task task, Tool tool) {
    InForce one = inForce;
    return stale(one)
        || one.version().policies().couldPermit(task, tool); // a call says it is stale
  }

  private boolean stale(InForce one) {
    Duration maxAge = settings.maxAge();
    long now = clock.nanos();
    if (maxAge != null && now - goodLook > maxAge.toNanos()) {
      return true;
    }
    Instant ends = one.version().ends();
    // Both clocks: the wall may be set back, the other stands while a machine sleeps.
    return ends != null && (now - one.endsNanos() >= 0 || !clock.now().isBefore(ends));
  }

  /** Another one as soon as the policies are too old: what was admitted before does not run. */
  @Override
  public String revision() {
    return revision(inForce);
  }

  private String revision(InForce one) {
    String revision = one.version().policies().revision();
    return stale(one) ? "stale:" + revision : revision;
  }

  @Override
  public String name() {
    return inForce.version().policies().name();
  }

  @Override
  public void listen(PolicyListener listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    inForce.version().policies().close();
  }
}
