package dev.tollgate.langchain4j;

import dev.tollgate.ToolGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the one gate, or that there is none. Thread-safe. */
final class InstalledGate {
  private static final String NONE =
      "Tollgate has no gate, so every tool call is denied: set the tollgate.* keys"
          + " (docs/configuration.md) or call TollgateLangChain4j.install(gate)";
  private static final Logger log = LoggerFactory.getLogger(TollgateLangChain4j.class);
  private volatile @Nullable Installation installed;
  private volatile boolean none;
  private volatile @Nullable Throwable wrong; // why configuration made none
  private volatile boolean off;
  private final Runnable probe;
  private final Runnable unasked;
  private volatile boolean probed;

  /**
   * @param probe throws if calls do not come through the gate that is in force, or are not denied
   *     where none is
   * @param unasked throws if the framework would never ask for the gate; run where a gate is made
   *     from configuration and no AI service has asked for one yet
   */
  InstalledGate(Runnable probe, Runnable unasked) {
    this.probe = probe;
    this.unasked = unasked;
  }

  synchronized void install(Installation wanted, Runnable slot) {
    if (off) {
      throw new IllegalStateException(
          "this process runs without a gate, because something in it set tollgate.enabled=false");
    }
    Installation now = installed;
    if (now != null) {
      if (now.gate() == wanted.gate()) {
        return;
      }
      throw new IllegalStateException(
          now.own()
              ? "a gate was made from configuration when an AI service was called; install yours"
                  + " before that"
              : "another gate is installed; call TollgateLangChain4j.uninstall() first");
    }
    installed = wanted; // the probe call needs it
    try {
      probe.run();
      slot.run();
      probed = true;
      none = false;
      wrong = null;
    } catch (RuntimeException | LinkageError e) {
      installed = null;
      throw refused(e);
    }
  }

  /** Takes away this gate and no other. */
  synchronized void uninstall(ToolGate gate) {
    Installation now = installed;
    if (now != null && now.gate() == gate) {
      uninstall();
    }
  }

  /** What is built from now on is not guarded; what was built before is denied. */
  synchronized void switchOff() {
    if (installed != null) {
      throw new IllegalStateException(
          "a gate is installed in this process, so tollgate.enabled=false cannot take it away");
    }
    off = true;
    log.warn("Tollgate is switched off: tool calls of AI services run without a gate");
  }

  boolean off() {
    return off;
  }

  synchronized void uninstall() {
    Installation now = installed;
    installed = null;
    none = false;
    wrong = null;
    off = false;
    if (now != null && now.own()) {
      now.gate().close();
    }
  }

  /** Runs the probe before the first AI service is built; every one fails until it succeeds. */
  void onceBeforeUse() {
    if (!probed) {
      synchronized (this) {
        try {
          probe.run();
          probed = true;
        } catch (RuntimeException | LinkageError e) {
          throw refused(e);
        }
      }
    }
  }

  /** The gate, if there is one already. */
  @Nullable Installation peek() {
    return installed;
  }

  /** The gate, made from configuration if there is none; {@code null} if that makes none. */
  @Nullable Installation current() {
    Installation now = installed;
    return now != null || none ? now : configure();
  }

  private synchronized @Nullable Installation configure() {
    if (installed == null && !none && !off) {
      try {
        installed = ConfiguredGate.assemble();
        if (!probed) {
          unasked.run();
        }
        probe.run();
      } catch (RuntimeException | LinkageError e) {
        uninstall();
        none = true; // and said once, not at every call
        wrong = e;
        log.error("{}", missing().getMessage());
        log.debug("no gate", e);
      }
    }
    return installed;
  }

  /** That there is no gate, with the reason: not every application has a log that says so. */
  IllegalStateException missing() {
    Throwable cause = wrong;
    return cause == null
        ? new IllegalStateException(NONE)
        : new IllegalStateException(NONE + ". What was wrong: " + cause.getMessage(), cause);
  }

  private static IllegalStateException refused(Throwable e) {
    return e instanceof IllegalStateException refused
        ? refused
        : new IllegalStateException(
            "this version of LangChain4j cannot be gated: " + e.getMessage(), e);
  }
}
