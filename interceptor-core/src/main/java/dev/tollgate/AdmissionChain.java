package dev.tollgate;

import dev.tollgate.approval.ApprovalStage;
import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of admission, in order; the strictest decision of all wins. Approval comes last. */
final class AdmissionChain {
  private static final Logger log = LoggerFactory.getLogger(AdmissionChain.class);
  private static final Decision UNDECIDED = Decision.permit(Basis.of("gate"));
  private static final Decision UNANSWERED = Decision.deny("gate", ReasonCode.STAGE_FAILED);
  private final List<AdmissionStage> stages;
  private final @Nullable ApprovalStage approval;

  /**
   * @param approval {@code null} where no person can be asked: then what needs approval is denied
   */
  AdmissionChain(List<AdmissionStage> stages, @Nullable ApprovalStage approval) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a chain without stages would permit everything");
    }
    this.stages = List.copyOf(stages);
    this.approval = approval;
  }

  List<Decision> decide(List<ToolCall> calls) {
    List<Decision> decisions = ask(calls);
    for (int i = 0; i < calls.size(); i++) {
      if (approval != null) {
        decisions.set(i, settle(approval, calls.get(i), decisions.get(i)));
      } else if (calls.get(i).approval() != null) {
        decisions.set(i, Decision.deny("approval", ReasonCode.APPROVAL_UNKNOWN));
      }
    }
    return decisions;
  }

  /** If a person answers while the call waits here, everything is asked again. */
  private Decision settle(ApprovalStage last, ToolCall call, Decision decided) {
    try {
      Decision settled = last.settle(call, decided);
      if (settled instanceof Decision.NeedsApproval waits
          && waits.approvalId() != null
          && call.approval() == null
          && last.approved(call, waits.approvalId())) {
        ToolCall approved = call.with(waits.approvalId());
        return last.settle(approved, ask(List.of(approved)).get(0));
      }
      return settled;
    } catch (RuntimeException | Error e) {
      log.error("approval failed; call {} denied", call.id(), e);
      return Decision.deny("gate", ReasonCode.STAGE_FAILED);
    }
  }

  private List<Decision> ask(List<ToolCall> calls) {
    Decision[] sofar = new Decision[calls.size()];
    Arrays.fill(sofar, UNDECIDED);
    for (AdmissionStage stage : stages) {
      List<ToolCall> open = open(calls, sofar);
      if (open.isEmpty()) {
        break;
      }
      if (calls.size() == 1 && stage instanceof CallStage one) { // as nearly always
        sofar[0] = sofar[0].and(ask(one, calls.get(0)));
        continue;
      }
      List<Decision> answers = ask(stage, open);
      int next = 0;
      for (int i = 0; i < sofar.length; i++) {
        if (!(sofar[i] instanceof Decision.Deny)) {
          sofar[i] = sofar[i].and(answer(answers, next++, open.size()));
        }
      }
    }
    return Arrays.asList(sofar);
  }

  private static List<ToolCall> open(List<ToolCall> calls, Decision[] sofar) {
    List<ToolCall> open = null;
    for (int i = 0; i < sofar.length; i++) {
      if (sofar[i] instanceof Decision.Deny) {
        if (open == null) {
          open = new ArrayList<>(calls.subList(0, i));
        }
      } else if (open != null) {
        open.add(calls.get(i));
      }
    }
    return open == null ? calls : open;
  }

  private static Decision ask(CallStage stage, ToolCall call) {
    try {
      Decision answer = stage.decide(call);
      return answer == null ? UNANSWERED : answer;
    } catch (RuntimeException | Error e) {
      log.error("stage {} failed; call {} denied", stage.getClass().getName(), call.id(), e);
      return UNANSWERED;
    }
  }

  /** What never changes again is not copied; a {@code null} among the answers fails here. */
  private static @Nullable List<Decision> ask(AdmissionStage stage, List<ToolCall> open) {
    try {
      List<Decision> answers = stage.decide(open);
      return answers == null ? null : List.copyOf(answers);
    } catch (RuntimeException | Error e) {
      log.error("stage {} failed; {} call(s) denied", stage.getClass().getName(), open.size(), e);
      return null;
    }
  }

  private static Decision answer(@Nullable List<Decision> answers, int at, int expected) {
    return answers == null || answers.size() != expected ? UNANSWERED : answers.get(at);
  }
}
