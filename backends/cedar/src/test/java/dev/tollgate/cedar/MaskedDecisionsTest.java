package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Tool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskedDecisionsTest {
  private static final int SETS = 40;
  private static final int REQUESTS = 25;
  private static final int VARIATIONS = 8;

  private static final Map<String, List<Object>> ATTRIBUTES =
      Map.of(
          "subject.id", List.of("alice", "eve"),
          "environment", List.of("production", "test"),
          "intent.source", List.of("human", "event"),
          "task.ageSeconds", List.of(30L, 90L, 47L));

  /** What hides some paths of a question; arguments keep their presence and type. */
  private record Hiding(Set<String> paths, Set<String> doubted) implements Masked {
    @Override
    public boolean hides(String record, @Nullable String member) {
      return paths.contains(record)
          || (member == null
              ? paths.stream().anyMatch(path -> path.startsWith(record + "."))
              : paths.contains(record + "." + member));
    }

    @Override
    public boolean doubts(String argument) {
      return doubted.contains(argument);
    }
  }

  /** A live question with some values replaced. */
  private record Altered(Question live, Map<String, Object> values) implements Question {
    @Override
    public String agent() {
      return live.agent();
    }

    @Override
    public Set<String> groups() {
      return live.groups();
    }

    @Override
    public String destination() {
      return live.destination();
    }

    @Override
    public @Nullable Object attribute(PolicyAttribute attribute) {
      Object other = values.get(attribute.path());
      return other == null ? live.attribute(attribute) : other;
    }

    @Override
    public @Nullable JsonValue argument(String name) {
      Object other = values.get("args." + name);
      return other instanceof JsonValue value ? value : live.argument(name);
    }

    @Override
    public @Nullable String provenance(String argument) {
      return live.provenance(argument);
    }
  }

  private static List<JsonValue> values(ArgumentType type) {
    return switch (type) {
      case STRING ->
          List.of(
              new JsonValue.Text("x@office.example"),
              new JsonValue.Text("/shared/a"),
              new JsonValue.Text(""));
      case INTEGER -> List.of(new JsonValue.Num(0), new JsonValue.Num(1), new JsonValue.Num(2));
      case DECIMAL -> List.of(new JsonValue.Num(49.99), new JsonValue.Num(50));
      case BOOLEAN -> List.of(new JsonValue.Bool(true), new JsonValue.Bool(false));
      case STRINGS ->
          List.of(
              new JsonValue.Array(List.of()),
              new JsonValue.Array(List.of(new JsonValue.Text("a"), new JsonValue.Text("c"))));
    };
  }

  @Test
  void whateverIsHiddenAKnownAnswerIsTheFullAnswer() {
    int known = 0;
    int exact = 0;
    int open = 0;
    Set<ReasonCode> reasons = new HashSet<>();
    Set<String> outcomes = new HashSet<>();
    for (int seed = 1; seed <= SETS; seed++) {
      Random random = new Random(seed);
      LoadedPolicies policies =
          LoadedPolicies.load(
              CedarPolicySet.of(
                  "generated", demanding(random, Generated.policies(random, 4 + seed % 9))),
              Office.MANIFEST);
      for (int i = 0; i < REQUESTS; i++) {
        PolicyRequest request = Generated.request(random);
        Tool tool = request.tool();
        Question full = Question.of(request);
        Hiding hiding = new Hiding(hide(random, tool, full), Set.of());
        MaskedAnswer answer = policies.decide(tool, vary(random, tool, full, hiding.paths), hiding);
        if (answer instanceof MaskedAnswer.Open needs) {
          open++;
          assertThat(needs.attributes()).isNotEmpty();
          continue;
        }
        known++;
        MaskedAnswer.Known said = (MaskedAnswer.Known) answer;
        exact += said.exact() ? 1 : 0;
        outcomes.add(said.decision().outcome());
        if (said.exact() && said.decision() instanceof Decision.Deny deny) {
          reasons.add(deny.reason());
        }
        for (int v = 0; v < VARIATIONS; v++) {
          Question varied = v == 0 ? full : vary(random, tool, full, hiding.paths);
          Decision really = policies.decide(tool, varied);
          String where =
              "seed "
                  + seed
                  + " hiding "
                  + hiding.paths
                  + said
                  + really
                  + policies.policiesFor(tool);
          assertThat(really.outcome()).as(where).isEqualTo(said.decision().outcome());
          assertThat(new HashSet<>(Decision.obligations(really)))
              .as(where)
              .isEqualTo(new HashSet<>(Decision.obligations(said.decision())));
          assertThat(really.basis().policies())
              .as(where)
              .containsAll(
                  Office.outcome(really).equals(Office.outcome(said.decision()))
                      ? said.decision().basis().policies()
                      : List.of());
          if (said.exact()) {
            assertThat(really).as(where).isEqualTo(said.decision());
          }
        }
      }
    }
    // The comparison says something only if both kinds came up often, and all sorts of answers.
    assertThat(known).isGreaterThan(300);
    assertThat(exact).isGreaterThan(150).isLessThan(known);
    assertThat(open).isGreaterThan(50);
    assertThat(outcomes).contains("permit", "deny", "needs_approval");
    assertThat(reasons)
        .contains(
            ReasonCode.POLICY_NO_PERMIT, ReasonCode.POLICY_FORBIDDEN, ReasonCode.POLICY_ERROR);
  }

  private static String demanding(Random random, String policies) {
    StringBuilder out = new StringBuilder();
    for (String policy : policies.split("(?<=;)\n", -1)) {
      if (policy.startsWith("permit") && random.nextInt(4) == 0) {
        out.append(
            random.nextBoolean()
                ? "@obligation(\"approval\")\n"
                : "@obligation(\"cap_lifetime:9\")\n");
      }
      out.append(policy).append('\n');
    }
    return out.toString();
  }

  private static Set<String> hide(Random random, Tool tool, Question question) {
    Set<String> hidden = new HashSet<>();
    boolean allArguments = random.nextBoolean();
    for (String name : tool.arguments().keySet()) {
      if (question.argument(name) != null && (allArguments || random.nextInt(3) == 0)) {
        hidden.add("args." + name);
      }
    }
    for (String path : ATTRIBUTES.keySet()) {
      if (random.nextInt(6) == 0) {
        hidden.add(path);
      }
    }
    return hidden;
  }

  private static Question vary(Random random, Tool tool, Question question, Set<String> hidden) {
    Map<String, Object> values = new HashMap<>();
    for (String path : hidden) {
      List<?> from;
      if (path.startsWith("args.")) {
        var argument = tool.arguments().get(path.substring("args.".length()));
        from = argument == null ? List.of() : values(argument.type());
      } else {
        from = ATTRIBUTES.getOrDefault(path, List.of());
      }
      values.put(path, from.get(random.nextInt(from.size())));
    }
    return new Altered(question, values);
  }

  private static MaskedAnswer pay(String policies, String arguments, Hiding hiding) {
    PolicyRequest request = Office.call("bank_pay", arguments);
    return LoadedPolicies.load(CedarPolicySet.of("p.cedar", policies), Office.MANIFEST)
        .decide(request.tool(), Question.of(request), hiding);
  }

  private static final String AMOUNTS =
      """
      @id("small")
      permit (principal, action == Action::"bank_pay", resource)
      when { context.environment == "production" }
      when { context.args has amount && context.args.amount.lessThan(decimal("50.0")) };
      """;

  @Test
  void whatItDependsOnIsNamed() {
    MaskedAnswer answer =
        pay(AMOUNTS, "{\"amount\":1}", new Hiding(Set.of("args.amount"), Set.of()));
    assertThat(answer).isEqualTo(new MaskedAnswer.Open(Set.of("args.amount"), Set.of("small")));
  }

  @Test
  void aConditionThatIsKnownToFailSettlesIt() {
    String elsewhere = AMOUNTS.replace("production", "test");
    MaskedAnswer answer =
        pay(elsewhere, "{\"amount\":1}", new Hiding(Set.of("args.amount"), Set.of()));
    assertThat(answer).isInstanceOf(MaskedAnswer.Known.class);
    assertThat(((MaskedAnswer.Known) answer).exact()).isTrue();
    assertThat(((MaskedAnswer.Known) answer).decision().outcome()).isEqualTo("deny");
  }

  @Test
  void anArgumentOfDoubtfulTypeMakesNoPermitCertain() {
    String anyone =
        """
        permit (principal, action, resource);
        forbid (principal, action == Action::"bank_pay", resource)
        when { context.args has copies && context.args.copies == 3 &&
               context.environment == "test" };
        """;
    Hiding doubted = new Hiding(Set.of("args.copies"), Set.of("copies"));
    assertThat(pay(anyone, "{\"copies\":1}", new Hiding(Set.of("args.copies"), Set.of())))
        .isInstanceOf(MaskedAnswer.Known.class);
    assertThat(pay(anyone, "{\"copies\":1}", doubted))
        .isEqualTo(new MaskedAnswer.Open(Set.of("args.copies"), Set.of()));
  }

  @Test
  void aPermitThatMayFailMakesNoOtherCertain() {
    String overflow =
        """
        permit (principal, action, resource);
        permit (principal, action == Action::"bank_pay", resource)
        when { context.args has copies && context.args.copies * 4611686018427387904 > 3 };
        """;
    assertThat(pay(overflow, "{\"copies\":1}", new Hiding(Set.of("args.copies"), Set.of())))
        .isInstanceOf(MaskedAnswer.Open.class);
    assertThat(
            pay(
                overflow.replace(" * 4611686018427387904", ""),
                "{\"copies\":1}",
                new Hiding(Set.of("args.copies"), Set.of())))
        .isInstanceOf(MaskedAnswer.Known.class);
  }

  @Test
  void conditionsAreToldApart() {
    LoadedPolicies policies =
        LoadedPolicies.load(CedarPolicySet.of("p.cedar", AMOUNTS), Office.MANIFEST);
    PolicyRequest request = Office.call("bank_pay", "{\"amount\":70}");
    assertThat(policies.conditions(request.tool(), Question.of(request)))
        .containsExactly(
            new ConditionTruth("small", 1, true), new ConditionTruth("small", 2, false));
  }
}
