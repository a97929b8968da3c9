package dev.tollgate.audit;

import dev.tollgate.reason.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to a call. Values that a model or a user wrote appear as keyed digests. */
public sealed interface AuditRecord {

  /** The record's name in the stream. */
  String kind();

  /** Writes the record's own fields. */
  void write(RecordWriter out);

  /**
   * A model asked for a tool.
   *
   * @param remoteName the name its server knows it by, where that is another; else {@code null}
   */
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
      String frameworkId,
      @Nullable String remoteName)
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
      if (remoteName != null) {
        out.field("remoteName", remoteName);
      }
    }
  }

  /**
   * The gate decided.
   *
   * @param policies the deciding policies
   * @param reasons what their authors say they are for
   * @param obligations what the decision demands, as policies write it
   * @param enforced false where observe mode lets a denied call run
   */
  record Decided(
      String outcome,
      String reason,
      String decider,
      String revision,
      List<String> policies,
      List<String> reasons,
      List<String> obligations,
      boolean enforced)
      implements AuditRecord {
    public Decided {
      policies = List.copyOf(policies);
      reasons = List.copyOf(reasons);
      obligations = List.copyOf(obligations);
    }

    /** A decision that demands nothing. */
    public Decided(
        String outcome,
        String reason,
        String decider,
        String revision,
        List<String> policies,
        boolean enforced) {
      this(outcome, reason, decider, revision, policies, List.of(), List.of(), enforced);
    }

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
          .field("policies", policies);
      if (!reasons.isEmpty()) {
        out.field("reasons", reasons);
      }
      if (!obligations.isEmpty()) {
        out.field("obligations", obligations);
      }
      out.field("enforced", enforced);
    }
  }

  /** What the policy was asked, so that other policies can be asked the same later. */
  record Asked(AskedQuestion question) implements AuditRecord {
    @Override
    public String kind() {
      return "asked";
    }

    @Override
    public void write(RecordWriter out) {
      question.write(out);
    }
  }

  /** What has to do with the policies and not with one call alone; kept in files of its own. */
  non-sealed interface AboutPolicies extends AuditRecord {}

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

  /**
   * A client of the gate's was about to connect, while the tool ran.
   *
   * @param host the canonical host
   * @param address the one address that was checked; empty if it did not get as far as that
   * @param zone the host's trust zone
   * @param redirects how many redirects led there
   * @param outcome {@code permit} or {@code deny}
   * @param enforced false where observe mode let a refused connection be made
   */
  record Connected(
      String host,
      String address,
      String zone,
      int redirects,
      String outcome,
      String reason,
      String decider,
      String revision,
      List<String> policies,
      boolean enforced)
      implements AuditRecord {
    @Override
    public String kind() {
      return "connected";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("host", host)
          .field("address", address)
          .field("zone", zone)
          .field("redirects", redirects)
          .field("outcome", outcome)
          .field("reason", reason)
          .field("decider", decider)
          .field("revision", revision)
          .field("policies", policies)
          .field("enforced", enforced);
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
   *     after dispatch: nobody answered in time, or something broke
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
   * What the tool returned was changed before anybody got it, as a policy demands. The outcome's
   * digest is of what the tool returned.
   *
   * @param members the names of the members that the policy masks
   * @param values how many values were masked
   * @param reason why nothing of it was handed on, {@code failed} or a reason code; empty if the
   *     rest was
   */
  record ResultMasked(Set<String> members, long values, String reason) implements AuditRecord {
    public ResultMasked {
      members = Set.copyOf(members);
    }

    @Override
    public String kind() {
      return "result_masked";
    }

    @Override
    public void write(RecordWriter out) {
      out.field("members", members.stream().sorted().toList())
          .field("values", values)
          .field("reason", reason);
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
   * @param roles the roles they had
   * @param reason why the answer was refused, empty if it was not
   */
  record ApprovalAnswered(
      String approval,
      String answer,
      String approver,
      boolean person,
      List<String> actors,
      Set<String> roles,
      String reason)
      implements AuditRecord {
    public ApprovalAnswered {
      actors = List.copyOf(actors);
      roles = Set.copyOf(roles);
    }

    /** An answer by somebody who has no roles. */
    public ApprovalAnswered(
        String approval,
        String answer,
        String approver,
        boolean person,
        List<String> actors,
        String reason) {
      this(approval, answer, approver, person, actors, Set.of(), reason);
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
          .field("actors", actors);
      if (!roles.isEmpty()) {
        out.field("roles", roles.stream().sorted().toList());
      }
      out.field("reason", reason);
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
