package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import dev.tollgate.json.JsonValue;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyAttribute;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.PolicyRequest;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.Tool;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Cedar loses from its cache is noticed, told, and made anew; never silently parsed again. */
class CacheLossTest {
  private static final String PERMIT = "permit(principal, action, resource);\n";
  private final Tool tool = Office.tool("mail_inbox");
  private final List<String> told = new ArrayList<>();

  @Test
  void aLostPolicySetIsMadeAnewAndTheCallDecided() throws Exception {
    CedarPolicyDecisionPoint pdp = listened();
    Slice before = pdp.slice(tool);
    losePolicies(before);
    assertThat(decide(pdp).outcome()).isEqualTo("permit");
    assertThat(told).containsExactly("mail_inbox");
    assertThat(pdp.slice(tool)).isNotSameAs(before);
    assertThat(decide(pdp).outcome()).isEqualTo("permit");
    assertThat(told).hasSize(1);
  }

  @Test
  void aLostSchemaIsMadeAnewAndTheCallDecided() throws Exception {
    CedarPolicyDecisionPoint pdp = listened();
    Slice before = pdp.slice(tool);
    remove(Schema.class, "removeCachedSchemaJni", before.keptSchema().cacheKey().orElseThrow());
    assertThat(decide(pdp).outcome()).isEqualTo("permit");
    assertThat(told).containsExactly("mail_inbox");
    assertThat(pdp.slice(tool)).isNotSameAs(before);
  }

  @Test
  void aForbidStillForbidsAfterALoss() throws Exception {
    CedarPolicyDecisionPoint pdp =
        Office.policies(PERMIT + "forbid(principal, action in Action::\"effect:read\", resource);");
    losePolicies(pdp.slice(tool));
    assertThat(Office.denied(decide(pdp))).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
  }

  @Test
  void aSecondLossInARowDenies() throws Exception {
    LoadedPolicies policies =
        LoadedPolicies.load(
            CedarPolicySet.of(
                "test.cedar",
                PERMIT + "forbid(principal, action, resource) when {context.time.hour > 23};"),
            Office.MANIFEST);
    losePolicies(policies.index().slice(tool));
    Question real = Question.of(Office.call("mail_inbox", "{}"));
    // Whenever the question is read, Cedar has just lost the slice that asks it.
    Decision decision =
        policies.decide(tool, new Reading(real, () -> losePolicies(policies.index().slice(tool))));
    assertThat(Office.denied(decision)).isEqualTo(ReasonCode.POLICY_ERROR);
    assertThat(policies.decide(tool, real).outcome()).isEqualTo("permit");
  }

  @Test
  void otherFailuresAreNotTakenForALoss() {
    LoadedPolicies policies =
        LoadedPolicies.load(
            CedarPolicySet.of(
                "test.cedar",
                PERMIT + "forbid(principal, action, resource) when {context.time.hour > 23};"),
            Office.MANIFEST);
    policies.listen(new Recording(told));
    Slice before = policies.index().slice(tool);
    Question nothing =
        new Reading(Question.of(Office.call("mail_inbox", "{}")), () -> {}) {
          @Override
          public @Nullable Object attribute(PolicyAttribute attribute) {
            return null;
          }
        };
    assertThat(Office.denied(policies.decide(tool, nothing))).isEqualTo(ReasonCode.POLICY_ERROR);
    assertThat(told).isEmpty();
    assertThat(policies.index().slice(tool)).isSameAs(before);
  }

  @Test
  void moreToolsThanTheCacheTakesSaysWhatToDo() {
    int most = Integer.getInteger("cedar.cache.maxPolicySets", 1024);
    CedarPolicyDecisionPoint held = Office.policies(PERMIT);
    PolicySet.setCacheMaxPolicySets(1);
    try {
      assertThatThrownBy(() -> Office.policies(PERMIT))
          .isInstanceOf(CedarPolicyException.class)
          .hasMessageContaining("-Dcedar.cache.maxPolicySets");
    } finally {
      PolicySet.setCacheMaxPolicySets(most);
    }
    assertThat(decide(held).outcome()).isEqualTo("permit");
  }

  private CedarPolicyDecisionPoint listened() {
    CedarPolicyDecisionPoint pdp = Office.policies(PERMIT);
    pdp.listen(new Recording(told));
    return pdp;
  }

  private static Decision decide(CedarPolicyDecisionPoint pdp) {
    PolicyRequest request = Office.call("mail_inbox", "{}");
    return Office.decide(pdp, request);
  }

  private static void losePolicies(Slice slice) {
    String key = slice.kept().cacheKey().orElseThrow();
    try {
      remove(PolicySet.class, "removeCachedPolicySetJni", key);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cedar has no such method", e);
    }
  }

  private static void remove(Class<?> from, String method, String key)
      throws ReflectiveOperationException {
    Method remove = from.getDeclaredMethod(method, String.class);
    remove.setAccessible(true);
    remove.invoke(null, key);
  }

  private record Recording(List<String> told) implements PolicyListener {
    @Override
    public void reloaded(Change change) {
      throw new AssertionError(change);
    }

    @Override
    public void reloadFailed(String problem) {
      throw new AssertionError(problem);
    }

    @Override
    public void cacheLost(String tool) {
      told.add(tool);
    }
  }

  /** A question that does something when its attributes are read. */
  private static class Reading implements Question {
    private final Question real;
    private final Runnable before;

    Reading(Question real, Runnable before) {
      this.real = real;
      this.before = before;
    }

    @Override
    public String agent() {
      return real.agent();
    }

    @Override
    public Set<String> groups() {
      return real.groups();
    }

    @Override
    public String destination() {
      return real.destination();
    }

    @Override
    public @Nullable Object attribute(PolicyAttribute attribute) {
      before.run();
      return real.attribute(attribute);
    }

    @Override
    public @Nullable JsonValue argument(String name) {
      return real.argument(name);
    }

    @Override
    public @Nullable String provenance(String argument) {
      return real.provenance(argument);
    }
  }
}
