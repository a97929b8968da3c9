package dev.tollgate.audit;

import dev.tollgate.reason.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What happened to a call. Values that a model or a user wrote appear as keyed digests. */
public sealed interface AuditRecord {

  /** The record's name in the stream. */
  String kind();

  /** Writes the record's own fields. */
  void write(RecordWriter out);

  /** A model asked for a tool. */
  record Proposed(
      String agent,
      String subject,
      String tool,
      String source,
      String definition,
      String arguments,
      int length,
      String intent,
      String intentSource,
      String conversation,
      String frameworkId)
      implements AuditRecord {
    @Override
    public String kind() {
      return "proposed";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("agent", agent)
          .field("subject", subject)
          .field("tool", tool)
          .field("source", source)
          .field("definition", definition)
          .field("arguments", arguments)
          .field("length", length)
          .field("intent", intent)
          .field("intentSource", intentSource)
          .field("conversation", conversation)
          .field("frameworkId", frameworkId);
    }
  }

  /** The gate decided. {@code enforced} is false where observe mode lets a denied call run. */
  record Decided(
      String outcome,
      String reason,
      String decider,
      String revision,
      List<String> policies,
      boolean enforced)
      implements AuditRecord {
    @Override
    public String kind() {
      return "decided";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("outcome", outcome)
          .field("reason", reason)
          .field("decider", decider)
          .field("revision", revision)
          .field("policies", policies)
          .field("enforced", enforced);
    }
  }

  /** A shadow set would have decided otherwise. */
  record ShadowDecided(String outcome, String reason, String revision, List<String> policies)
      implements AuditRecord {
    @Override
    public String kind() {
      return "shadow_decided";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("outcome", outcome)
          .field("reason", reason)
          .field("revision", revision)
          .field("policies", policies);
    }
  }

  /** A credential was issued for the call. */
  record CredentialIssued(
      String lease,
      String issuer,
      String reference,
      String audience,
      Set<String> scopes,
      Instant expiresAt)
      implements AuditRecord {
    @Override
    public String kind() {
      return "credential_issued";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("lease", lease)
          .field("issuer", issuer)
          .field("reference", reference)
          .field("audience", audience)
          .field("scopes", scopes.stream().sorted().toList())
          .field("expiresAt", expiresAt.toString());
    }
  }

  /** The tool is about to run with these arguments. */
  record Dispatched(String arguments) implements AuditRecord {
    @Override
    public String kind() {
      return "dispatched";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("arguments", arguments);
    }
  }

  /** An admitted call was stopped before the tool ran. */
  record Refused(ReasonCode reason) implements AuditRecord {
    @Override
    public String kind() {
      return "refused";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("reason", reason.code());
    }
  }

  /**
   * How the tool ended.
   *
   * @param state {@code returned}, {@code failed}, {@code revoked_in_flight}, or {@code unknown}
   *     after dispatch
   * @param error the class of what it threw, empty if it returned
   * @param result a keyed digest of what it returned
   */
  record Outcome(String state, String error, String result, int length, long micros)
      implements AuditRecord {
    @Override
    public String kind() {
      return "outcome";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("state", state)
          .field("error", error)
          .field("result", result)
          .field("length", length)
          .field("micros", micros);
    }
  }

  /**
   * The credential's end.
   *
   * @param end {@code revoked}, {@code revocation_pending} or {@code expires_at}
   */
  record CredentialEnded(String lease, String end, long micros) implements AuditRecord {
    @Override
    public String kind() {
      return "credential_ended";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("lease", lease).field("end", end).field("micros", micros);
    }
  }

  /**
   * A call waits for a person.
   *
   * @param approval the id under which it is answered
   */
  record ApprovalRequested(String approval, Instant expiresAt) implements AuditRecord {
    @Override
    public String kind() {
      return "approval_requested";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("approval", approval).field("expiresAt", expiresAt.toString());
    }
  }

  /**
   * Somebody answered, or tried to.
   *
   * @param answer yes, no or refused: {@code "approve"}, {@code "reject"}, {@code "refuse"}
   * @param approver who answered
   * @param person whether it is known to be a person
   * @param actors who acts for it, if anybody does
   * @param reason why the answer was refused, empty if it was not
   */
  record ApprovalAnswered(
      String approval,
      String answer,
      String approver,
      boolean person,
      List<String> actors,
      String reason)
      implements AuditRecord {
    public ApprovalAnswered {
      actors = List.copyOf(actors);
    }

    @Override
    public String kind() {
      return "approval_answered";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("approval", approval)
          .field("answer", answer)
          .field("approver", approver)
          .field("person", person)
          .field("actors", actors)
          .field("reason", reason);
    }
  }

  /** The call's approval was used, for this call and no other. */
  record ApprovalUsed(String approval, String approver) implements AuditRecord {
    @Override
    public String kind() {
      return "approval_used";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("approval", approval).field("approver", approver);
    }
  }

  /** One agent handed work to another. */
  record Delegated(
      String delegation,
      String from,
      String to,
      Set<String> tools,
      Set<String> scopes,
      long calls,
      int depth,
      Instant expiresAt)
      implements AuditRecord {
    @Override
    public String kind() {
      return "delegated";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("delegation", delegation)
          .field("from", from)
          .field("to", to)
          .field("tools", tools.stream().sorted().toList())
          .field("scopes", scopes.stream().sorted().toList())
          .field("calls", calls)
          .field("depth", depth)
          .field("expiresAt", expiresAt.toString());
    }
  }

  /**
   * An agent was handed work, or something that was not.
   *
   * @param reason why it was refused, empty if it was accepted
   */
  record DelegationAccepted(String delegation, String agent, String reason) implements AuditRecord {
    @Override
    public String kind() {
      return "delegation_accepted";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("delegation", delegation).field("agent", agent).field("reason", reason);
    }
  }

  /**
   * Something was revoked, or restored.
   *
   * @param what {@code task}, {@code agent}, {@code subject}, {@code tenant}, {@code delegation} or
   *     {@code lease}
   * @param by who did it
   * @param inFlight how many calls were running
   * @param approvals how many approvals ended with it
   */
  record Revoked(
      String action, String what, String id, String by, String reason, int inFlight, int approvals)
      implements AuditRecord {
    @Override
    public String kind() {
      return action;
    }

    @Override
    public void write(RecordWriter out) {
      out.field("what", what)
          .field("id", id)
          .field("by", by)
          .field("reason", reason)
          .field("inFlight", inFlight)
          .field("approvals", approvals);
    }
  }

  /**
   * A stream was opened by a process.
   *
   * @param torn how many bytes of an unfinished line stand before this record; 0 is usual
   */
  record Opened(long torn) implements AuditRecord {
    @Override
    public String kind() {
      return "opened";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("torn", torn);
    }
  }
}
