package dev.tollgate;

import dev.tollgate.audit.AskedQuestion;
import dev.tollgate.audit.AuditRecord;
import dev.tollgate.audit.CallJournal;
import dev.tollgate.json.KeyedDigest;
import dev.tollgate.policy.PolicyRequest;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Questions that the policy was asked, from the moment they are asked until they are on record
 * beside their answer. Of a call that is asked about twice, the last. Thread-safe.
 */
final class AskedQuestions {
  private final KeyedDigest digest;
  private final boolean recorded;
  private final ConcurrentMap<String, AskedQuestion> open = new ConcurrentHashMap<>();

  AskedQuestions(KeyedDigest digest, boolean recorded) {
    this.digest = digest;
    this.recorded = recorded;
  }

  /** Keeps a question that is about to be asked. */
  void ask(PolicyRequest request) {
    if (!recorded) {
      return;
    }
    open.put(request.callId(), AskedAbout.record(request, digest));
    if (request.facts() instanceof AskedFacts facts) {
      facts.unread(); // the record has read them, and no policy yet
    }
  }

  void note(ToolCall call, CallJournal journal) {
    AskedQuestion asked = open.remove(call.id());
    if (asked != null) {
      journal.note(new AuditRecord.Asked(asked));
    }
  }

  void forget(List<ToolCall> calls) {
    if (recorded) {
      calls.forEach(call -> open.remove(call.id()));
    }
  }
}
