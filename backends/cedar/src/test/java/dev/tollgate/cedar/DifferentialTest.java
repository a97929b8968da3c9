package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the index leaves out, policies and attributes, never changes an answer. */
class DifferentialTest {
  private static final int SETS = 60;
  private static final int POLICIES = 25;
  private static final int REQUESTS = 50;

  @Test
  void theIndexedAnswerIsTheAnswerOfTheWholeSet() throws Exception {
    Map<ReasonCode, Integer> denies = new EnumMap<>(ReasonCode.class);
    int permits = 0;
    for (int seed = 1; seed <= SETS; seed++) {
      Random random = new Random(seed);
      String text = Generated.policies(random, POLICIES);
      CedarPolicyDecisionPoint indexed = Office.policies(text);
      Whole whole = new Whole(text);
      for (int i = 0; i < REQUESTS; i++) {
        PolicyRequest request = Generated.request(random);
        Decision decision = Office.decide(indexed, request);
        assertThat(summary(decision))
            .as("seed %d, %s", seed, request)
            .isEqualTo(whole.ask(request));
        if (decision instanceof Decision.Deny deny) {
          denies.merge(deny.reason(), 1, Integer::sum);
        } else {
          permits++;
        }
      }
    }
    // The comparison says something only if every kind of answer came up often.
    assertThat(permits).isGreaterThan(100);
    assertThat(denies)
        .containsOnlyKeys(
            ReasonCode.POLICY_NO_PERMIT, ReasonCode.POLICY_FORBIDDEN, ReasonCode.POLICY_ERROR);
    assertThat(denies.values()).allMatch(count -> count > 100);
  }

  private static String summary(Decision decision) {
    return Office.outcome(decision) + " " + decision.basis().policies();
  }

  /** All policies, one schema, the full context, nothing cached. */
  private static final class Whole {
    private final ToolActions actions = new ToolActions(Office.MANIFEST);
    private final PolicySet set;

    Whole(String text) {
      Set<Policy> all = new HashSet<>();
      PolicyReader.read(List.of(new PolicySource("test.cedar", text)))
          .forEach(policy -> all.add(policy.policy()));
      set = new PolicySet(all);
    }

    String ask(PolicyRequest request) throws Exception {
      ToolAction action = actions.of(request.tool());
      List<ToolAction> schema = new ArrayList<>(actions.expected());
      schema.removeIf(one -> one.id().equals(action.id()));
      schema.add(action);
      EntityUID agent = uid("Agent", request.task().agent().id());
      Set<EntityUID> groups = new HashSet<>();
      for (String group : request.task().agent().groups()) {
        groups.add(uid("AgentGroup", group));
      }
      AuthorizationSuccessResponse answer =
          new BasicAuthorizationEngine()
              .isAuthorized(
                  new AuthorizationRequest(
                      agent,
                      uid("Action", action.id()),
                      uid("Destination", request.tool().destination()),
                      Optional.of(
                          CallContext.of(Question.of(request), action, ContextReads.EVERYTHING)),
                      Optional.of(new Schema(CedarSchema.of(schema, ContextReads.EVERYTHING))),
                      true),
                  set,
                  Set.of(new Entity(agent, groups)))
              .success
              .orElseThrow();
      List<String> failed =
          answer.getErrors().stream()
              .map(AuthorizationSuccessResponse.AuthorizationError::getPolicyId)
              .sorted()
              .toList();
      if (!failed.isEmpty()) {
        return ReasonCode.POLICY_ERROR + " " + failed;
      }
      List<String> reasons = answer.getReason().stream().sorted().toList();
      if (answer.isAllowed()) {
        return "permit " + reasons;
      }
      return (reasons.isEmpty() ? ReasonCode.POLICY_NO_PERMIT : ReasonCode.POLICY_FORBIDDEN)
          + " "
          + reasons;
    }

    private static EntityUID uid(String type, String id) {
      return EntityTypeName.parse(type).orElseThrow().of(id);
    }
  }

  @Test
  void toolsOfTheGeneratorAreWhatTheyClaim() {
    for (Tool tool : Generated.TOOLS) {
      ToolDefinition definition = new ToolDefinition(tool.name(), "", "", tool.source());
      assertThat(Office.MANIFEST.describe(definition)).isEqualTo(tool);
    }
  }
}
