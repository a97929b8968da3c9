package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import dev.tollgate.tool.ToolDefinition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the index leaves out, policies and attributes, never changes an answer. */
class DifferentialTest {
  private static final int SETS = 25;
  private static final int POLICIES = 25;
  private static final int REQUESTS = 80;
  private static final int CATALOGUE_SETS = 40;
  private static final int CATALOGUE_POLICIES = 35;
  private static final int CATALOGUE_QUESTIONS = 100;

  @Test
  void theIndexedAnswerIsTheAnswerOfTheWholeSet() throws Exception {
    Map<ReasonCode, Integer> denies = new EnumMap<>(ReasonCode.class);
    WholeSet.Tools tools = new WholeSet.Tools(Office.MANIFEST);
    int permits = 0;
    for (int seed = 1; seed <= SETS; seed++) {
      Random random = new Random(seed);
      String text = Generated.policies(random, POLICIES);
      CedarPolicyDecisionPoint indexed = Office.policies(text);
      WholeSet whole = new WholeSet(text, tools);
      for (int i = 0; i < REQUESTS; i++) {
        PolicyRequest request = Generated.request(random);
        Decision decision = Office.decide(indexed, request);
        assertThat(summary(decision))
            .as("seed %d, %s", seed, request)
            .isEqualTo(whole.ask(request.tool(), Question.of(request)));
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

  /** The same for every attribute of the catalogue, present or absent, and nested arguments. */
  @Test
  void everyAttributeOfTheCatalogueIsAnsweredAlike() throws Exception {
    Map<Object, Integer> outcomes = new HashMap<>();
    int hopeless = 0;
    Set<String> read = new HashSet<>();
    List<Tool> tools =
        List.of(
            Shop.tool(Shop.PLACE),
            Shop.tool(Shop.FIND),
            Shop.tool(Shop.SHIP),
            Office.unlisted("x", "mcp:shop"),
            Office.unlisted("y", "mcp:evil"));
    WholeSet.Tools shop = new WholeSet.Tools(Shop.MANIFEST);
    for (int seed = 1; seed <= CATALOGUE_SETS; seed++) {
      Random random = new Random(seed);
      String text = GeneratedTexts.policies(random, CATALOGUE_POLICIES);
      LoadedPolicies indexed =
          LoadedPolicies.load(CedarPolicySet.of("test.cedar", text), Shop.MANIFEST);
      indexed.policies().forEach(policy -> read.addAll(policy.reads()));
      WholeSet whole = new WholeSet(text, shop);
      for (int i = 0; i < CATALOGUE_QUESTIONS; i++) {
        Tool tool = GeneratedTexts.pick(random, tools);
        Question question = GeneratedQuestion.of(random, shop.action(tool));
        Decision decision = indexed.decide(tool, question);
        assertThat(summary(decision))
            .as("seed %d, %s, %s", seed, tool.name(), question)
            .isEqualTo(whole.ask(tool, question));
        outcomes.merge(Office.outcome(decision), 1, Integer::sum);
        if (i % 2 == 0
            && indexed.decide(tool, question, BeforeAnyCall.INSTANCE)
                instanceof MaskedAnswer.Known known
            && known.decision() instanceof Decision.Deny) {
          hopeless++;
          assertThat(decision)
              .as("seed %d, %s, %s: denied whatever the call", seed, tool.name(), question)
              .isInstanceOf(Decision.Deny.class);
        }
      }
    }
    assertThat(hopeless).isGreaterThan(20);
    assertThat(read)
        .containsAll(AttributeCatalogue.ALL.stream().map(PolicyAttribute::path).toList())
        .contains("args.customer", "args.items", "args.filter", "provenance.carrier");
    assertThat(outcomes)
        .containsOnlyKeys(
            "permit",
            ReasonCode.POLICY_NO_PERMIT,
            ReasonCode.POLICY_FORBIDDEN,
            ReasonCode.POLICY_ERROR);
    assertThat(outcomes.values()).allMatch(count -> count > 100);
  }

  private static String summary(Decision decision) {
    return Office.outcome(decision) + " " + decision.basis().policies();
  }

  @Test
  void toolsOfTheGeneratorAreWhatTheyClaim() {
    for (Tool tool : Generated.TOOLS) {
      ToolDefinition definition = new ToolDefinition(tool.name(), "", "", tool.source());
      assertThat(Office.MANIFEST.describe(definition)).isEqualTo(tool);
    }
  }
}
