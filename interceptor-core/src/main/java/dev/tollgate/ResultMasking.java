package dev.tollgate;

import dev.tollgate.audit.AuditException;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.json.JsonMask;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.policy.Obligation;
import dev.tollgate.reason.ReasonCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last thing that happens to a result before anybody gets it: members that a policy masks are
 * taken out. What cannot be masked is withheld, and so is what a tool threw. Thread-safe.
 */
final class ResultMasking {
  private static final Logger log = LoggerFactory.getLogger(ResultMasking.class);

  /** Without the exception's words: they may quote what is masked. */
  private static final String FAILED = "{\"error\":\"failed\"}";

  private final Consumer<Throwable> auditFailed;

  ResultMasking(Consumer<Throwable> auditFailed) {
    this.auditFailed = auditFailed;
  }

  /** The result as it leaves the gate; the same where nothing is masked. */
  ToolResult leaving(AdmittedCall call, ToolResult result) {
    Set<String> members = members(call);
    if (members.isEmpty() || result instanceof ToolResult.Denied) {
      return result;
    }
    if (!(result instanceof ToolResult.Returned returned)) {
      record(call, new AuditRecord.ResultMasked(members, 0, "failed"));
      return new ToolResult.Returned(FAILED, true, null);
    }
    try {
      JsonMask.Masked masked = new JsonMask(members).mask(returned.text());
      record(call, new AuditRecord.ResultMasked(members, masked.values(), ""));
      // Without the framework's own object: it holds the values too.
      return new ToolResult.Returned(masked.text(), returned.error(), null, returned.unanswered());
    } catch (JsonRefusedException | RuntimeException | StackOverflowError e) {
      // Not the message of what is not ours: it may quote the result.
      String why = e instanceof JsonRefusedException ? e.getMessage() : e.getClass().getName();
      log.warn("call {}: its result cannot be masked and is withheld: {}", call.call().id(), why);
      ReasonCode reason = ReasonCode.RESULT_UNMASKABLE;
      record(call, new AuditRecord.ResultMasked(members, 0, reason.code()));
      return new ToolResult.Denied(new Denial(reason, call.call().id()));
    }
  }

  private static Set<String> members(AdmittedCall call) {
    Set<String> members = Set.of();
    for (Obligation obligation : call.obligations()) {
      if (obligation instanceof Obligation.MaskResult mask) {
        members = new TreeSet<>(members);
        members.addAll(mask.members());
      }
    }
    return members;
  }

  /** A lost record cannot undo the call; the broken sink denies the next one. */
  private void record(AdmittedCall call, AuditRecord.ResultMasked record) {
    try {
      call.journal().note(record);
      call.journal().flush();
    } catch (AuditException | RuntimeException e) {
      auditFailed.accept(e);
    }
  }
}
