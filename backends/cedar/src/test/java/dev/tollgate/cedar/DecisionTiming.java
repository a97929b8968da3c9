package dev.tollgate.cedar;

import dev.tollgate.policy.PolicyRequest;
import java.util.Arrays;
import java.util.List;

/** Prints what one decision costs. Not a test: a busy machine must not fail a build. */
final class DecisionTiming {
  private DecisionTiming() {}

  public static void main(String[] args) {
    StringBuilder text = new StringBuilder();
    for (String tool : List.of("mail_inbox", "mail_send", "file_read", "file_write", "bank_pay")) {
      for (int i = 0; i < 11; i++) {
        text.append(i % 3 == 2 ? "forbid" : "permit")
            .append("(principal in AgentGroup::\"office\", action == Action::\"" + tool + "\", ")
            .append("resource) when { context.intent.source == \"human\" && ")
            .append("context.environment == \"e" + i + "\" && context.time.hour < 18 };\n");
      }
    }
    text.append("permit(principal in AgentGroup::\"office\", action, resource)")
        .append(" when { context.intent.source == \"human\" };\n")
        .append("forbid(principal, action == Action::\"mail_send\", resource) when {")
        .append("context.args has to && context.args.to like \"*@evil\" };\n")
        .append("forbid(principal, action == Action::\"bank_pay\", resource) when {")
        .append("context.args has amount && context.args.amount.greaterThan(decimal(\"9.0\"))};\n")
        .append("forbid(principal, action in Action::\"effect:admin\", resource);\n")
        .append("forbid(principal, action in Action::\"effect:delete\", resource);\n");
    long load = System.nanoTime();
    CedarPolicyDecisionPoint pdp = Office.policies(text.toString());
    System.out.printf("load with 60 policies %d ms%n", (System.nanoTime() - load) / 1_000_000);
    time("mail_inbox", pdp, Office.call("mail_inbox", "{}"));
    String mail = "{\"to\":\"bob@office.example\",\"subject\":\"hello\",\"body\":\"how are you\"}";
    time("mail_send", pdp, Office.call("mail_send", mail));
    time("bank_pay", pdp, Office.call("bank_pay", "{\"iban\":\"DE02\",\"amount\":5.25}"));
  }

  private static void time(String what, CedarPolicyDecisionPoint pdp, PolicyRequest request) {
    List<PolicyRequest> one = List.of(request);
    long[] nanos = new long[10_000];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        if (!pdp.decide(one).get(0).outcome().equals("permit")) {
          throw new AssertionError(pdp.decide(one));
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s p50 %d us, p90 %d us, p99 %d us%n",
        what, nanos[5_000] / 1000, nanos[9_000] / 1000, nanos[9_900] / 1000);
  }
}
