package dev.tollgate.spring.test;

import dev.tollgate.policy.Basis;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.PolicyReload;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a test says instead of the policies; where it says nothing, they are asked. Thread-safe. */
final class ScriptedAnswers {
  /** What a test can say. */
  enum Answer {
    PERMIT,
    DENY,
    NEEDS_APPROVAL
  }

  private final Map<String, Answer> tools = new ConcurrentHashMap<>();
  private volatile @Nullable Answer others;

  void say(Answer answer, String... names) {
    for (String name : names) {
      tools.put(name, answer);
    }
  }

  void sayOfAll(Answer answer) {
    others = answer;
  }

  void forget() {
    tools.clear();
    others = null;
  }

  private @Nullable Answer of(Tool tool) {
    Answer said = tools.get(tool.name());
    return said == null ? others : said;
  }

  PolicyDecisionPoint before(PolicyDecisionPoint policies) {
    return new Scripted(policies);
  }

  private final class Scripted implements PolicyDecisionPoint {
    private final PolicyDecisionPoint policies;

    Scripted(PolicyDecisionPoint policies) {
      this.policies = policies;
    }

    @Override
    public List<Decision> decide(List<PolicyRequest> requests) {
      String revision = policies.revision();
      List<@Nullable Answer> said = new ArrayList<>();
      requests.forEach(request -> said.add(of(request.tool())));
      List<PolicyRequest> open = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        if (said.get(i) == null) {
          open.add(requests.get(i));
        }
      }
      // Handed on as they are: the gate distrusts them as ever.
      List<Decision> theirs = open.isEmpty() ? List.of() : policies.decide(open);
      if (open.size() == requests.size()) {
        return theirs;
      }
      List<Decision> decisions = new ArrayList<>();
      int next = 0;
      for (Answer answer : said) {
        decisions.add(answer == null ? theirs.get(next++) : decision(answer, revision));
      }
      return decisions;
    }

    private Decision decision(Answer answer, String revision) {
      Basis basis = new Basis("test", revision, List.of("scripted"));
      return switch (answer) {
        case PERMIT -> Decision.permit(basis);
        case DENY -> new Decision.Deny(basis, ReasonCode.POLICY_FORBIDDEN);
        case NEEDS_APPROVAL -> new Decision.NeedsApproval(basis, List.of());
      };
    }

    /** What is scripted is offered: a test wants to see it denied. */
    @Override
    public boolean couldPermit(Task task, Tool tool) {
      return of(tool) != null || policies.couldPermit(task, tool);
    }

    @Override
    public String revision() {
      return Objects.requireNonNull(policies.revision());
    }

    @Override
    public void listen(PolicyListener listener) {
      policies.listen(listener);
    }

    @Override
    public PolicyReload reload() {
      return policies.reload();
    }

    @Override
    public String name() {
      return policies.name();
    }

    @Override
    public void close() {
      policies.close();
    }
  }
}
