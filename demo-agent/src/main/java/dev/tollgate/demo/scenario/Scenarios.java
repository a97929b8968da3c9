package dev.tollgate.demo.scenario;

import static dev.tollgate.demo.scenario.Expected.denied;
import static dev.tollgate.demo.scenario.Expected.runs;
import static dev.tollgate.demo.scenario.Scenario.World.ERRING_POLICY;
import static dev.tollgate.demo.scenario.Scenario.World.NO_AUDIT;
import static dev.tollgate.demo.scenario.Scenario.World.USUAL;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.idp.IdpFaults.Mode;
import java.util.List;

/** What the demo plays. */
final class Scenarios {
  private static final PlannedCall INBOX = call("mail_inbox", "{}");
  private static final PlannedCall STATEMENT = call("bank_transactions", "{}");
  private static final PlannedCall PAY_RENT =
      call(
          "bank_pay",
          "{\"recipient\":\"Landlord\",\"iban\":\"DE02120300000000202051\",\"amount\":900,"
              + "\"reference\":\"Rent\"}");
  private static final PlannedCall PAY_ATTACKER =
      call(
          "bank_pay",
          "{\"recipient\":\"Refund desk\",\"iban\":\"GB33BUKB20201555555555\",\"amount\":5000,"
              + "\"reference\":\"urgent\"}");
  private static final PlannedCall CONTACTS = call("file_read", "{\"path\":\"contacts.txt\"}");

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        usual("a permitted read", "What is in my inbox?", turns(INBOX), runs("mail_inbox")),
        usual(
            "a payment denied by policy",
            "Pay the rent.",
            turns(PAY_RENT),
            denied("bank_pay", "policy_forbidden")),
        usual(
            "three calls at once, one of them denied",
            "Check mail and account, and pay the rent.",
            List.of(List.of(INBOX, STATEMENT, PAY_RENT)),
            runs("mail_inbox"),
            runs("bank_transactions"),
            denied("bank_pay", "policy_forbidden")),
        new Scenario(
            "streaming",
            "Who are my contacts?",
            turns(CONTACTS),
            true,
            Mode.NONE,
            USUAL,
            List.of(runs("file_read"))),
        usual(
            "an instruction injected in a mail",
            "Summarise my mails.",
            turns(INBOX, PAY_ATTACKER),
            runs("mail_inbox"),
            denied("bank_pay", "policy_forbidden")),
        usual(
            "a tool that the model made up",
            "Tidy up my inbox.",
            turns(call("mail_delete_all", "{}")),
            denied("mail_delete_all", "tool_unknown")),
        usual(
            "arguments with the same key twice",
            "Who are my contacts?",
            turns(call("file_read", "{\"path\":\"contacts.txt\",\"path\":\"salaries.txt\"}")),
            denied("file_read", "arguments_duplicate_key")),
        faulty("token server down", Mode.DOWN, "credential_unavailable"),
        faulty("token server answers wider scope", Mode.WIDER_SCOPE, "credential_wider"),
        faulty("token server answers wider audience", Mode.WIDER_AUDIENCE, "credential_wider"),
        faulty("token server answers HTML", Mode.HTML, "credential_unavailable"),
        inWorld("a policy that errors", ERRING_POLICY, "policy_error"),
        inWorld("audit folder not writable", NO_AUDIT, "audit_unavailable"));
  }

  private static Scenario usual(
      String title, String message, List<List<PlannedCall>> turns, Expected... expected) {
    return new Scenario(title, message, turns, false, Mode.NONE, USUAL, List.of(expected));
  }

  private static Scenario faulty(String title, Mode fault, String reason) {
    return new Scenario(
        title,
        "What is in my inbox?",
        turns(INBOX),
        false,
        fault,
        USUAL,
        List.of(denied("mail_inbox", reason)));
  }

  private static Scenario inWorld(String title, Scenario.World world, String reason) {
    return new Scenario(
        title,
        "What is in my inbox?",
        turns(INBOX),
        false,
        Mode.NONE,
        world,
        List.of(denied("mail_inbox", reason)));
  }

  private static PlannedCall call(String tool, String arguments) {
    return new PlannedCall("call_" + tool, tool, arguments);
  }

  /** One call a turn. */
  private static List<List<PlannedCall>> turns(PlannedCall... calls) {
    return java.util.Arrays.stream(calls).map(List::of).toList();
  }
}
