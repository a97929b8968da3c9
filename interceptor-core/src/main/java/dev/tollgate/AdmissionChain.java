package dev.tollgate;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of admission, in order; the strictest decision of all wins. */
final class AdmissionChain {
  private static final Logger log = LoggerFactory.getLogger(AdmissionChain.class);
  private static final Decision UNDECIDED = Decision.permit(Basis.of("gate"));
  private final List<AdmissionStage> stages;

  AdmissionChain(List<AdmissionStage> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a chain without stages would permit everything");
    }
    this.stages = List.copyOf(stages);
  }

  List<Decision> decide(List<ToolCall> calls) {
    Decision[] sofar = new Decision[calls.size()];
    Arrays.fill(sofar, UNDECIDED);
    for (AdmissionStage stage : stages) {
      List<ToolCall> open = open(calls, sofar);
      if (open.isEmpty()) {
        break;
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

  private static @Nullable List<Decision> ask(AdmissionStage stage, List<ToolCall> open) {
    try {
      List<Decision> answers = stage.decide(open);
      return answers == null ? null : new ArrayList<>(answers);
    } catch (RuntimeException | Error e) {
      log.error("stage {} failed; {} call(s) denied", stage.getClass().getName(), open.size(), e);
      return null;
    }
  }

  private static Decision answer(@Nullable List<Decision> answers, int at, int expected) {
    if (answers == null || answers.size() != expected) {
      return Decision.deny("gate", ReasonCode.STAGE_FAILED);
    }
    Decision answer = answers.get(at);
    return answer == null ? Decision.deny("gate", ReasonCode.STAGE_FAILED) : answer;
  }
}
