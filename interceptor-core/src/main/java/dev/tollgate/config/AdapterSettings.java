package dev.tollgate.config;

import java.time.Duration;

/**
 * What an adapter does with the gate's answers, and how much it insists on at start.
 *
 * @param strictness what happens at start where something is not covered
 * @param denied what a denied call does to the agent's run
 * @param approvalWait how long a call that needs approval holds its own thread for the answer;
 *     zero: not at all, the model is told that it waits. Never on a thread that a model calls back
 *     on
 * @param filterToolList whether tools that the agent may not call at all are kept from the model
 * @param pending what a call that needs approval does to the agent's run, where it is not held
 */
public record AdapterSettings(
    Strictness strictness,
    Denied denied,
    Duration approvalWait,
    boolean filterToolList,
    Pending pending) {

  /** What happens at start where something is not covered. */
  public enum Strictness {
    /** What the adapter can see and the gate does not cover stops the start. */
    TRUE,
    /** It is only reported. */
    REPORT,
    /** As {@link #TRUE}, and a missing AspectJ weaver stops the start too. */
    WOVEN
  }

  /** What a denied call does to the agent's run. */
  public enum Denied {
    /** The model gets the denial as the tool's result, and goes on. */
    RESULT,
    /** The run ends with an exception. */
    ABORT
  }

  /** What a call that needs approval does to the agent's run. */
  public enum Pending {
    /** The model is told that it waits, and goes on. */
    RESULT,
    /** The run stops before anything of the turn has run; the application goes on with it later. */
    SUSPEND
  }

  /** A call that needs approval is told to the model. */
  public AdapterSettings(
      Strictness strictness, Denied denied, Duration approvalWait, boolean filterToolList) {
    this(strictness, denied, approvalWait, filterToolList, Pending.RESULT);
  }

  public static final AdapterSettings DEFAULT =
      new AdapterSettings(Strictness.TRUE, Denied.RESULT, Duration.ZERO, true);

  /**
   * Reads the keys.
   *
   * @throws ConfigurationException if one has a value that it does not take
   */
  public static AdapterSettings from(Settings settings) {
    boolean suspends =
        settings
            .oneOf("tollgate.approval.pending", "result", "result", "suspend")
            .equals("suspend");
    if (suspends && settings.find("tollgate.approval.wait") != null) {
      throw new ConfigurationException(
          "tollgate.approval.pending", "cannot be suspend where tollgate.approval.wait is set");
    }
    return new AdapterSettings(
        switch (settings.oneOf("tollgate.strict", "true", "true", "report", "false", "woven")) {
          case "woven" -> Strictness.WOVEN;
          case "report", "false" -> Strictness.REPORT;
          default -> Strictness.TRUE;
        },
        settings.oneOf("tollgate.denied", "result", "result", "abort").equals("abort")
            ? Denied.ABORT
            : Denied.RESULT,
        settings.find("tollgate.approval.wait") == null
            ? Duration.ZERO
            : settings.duration("tollgate.approval.wait", Duration.ofMinutes(1)),
        settings.oneOf("tollgate.tool-list", "filtered", "filtered", "full").equals("filtered"),
        suspends ? Pending.SUSPEND : Pending.RESULT);
  }
}
