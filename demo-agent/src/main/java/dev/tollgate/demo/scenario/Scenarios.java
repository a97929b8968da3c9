package dev.tollgate.demo.scenario;

import static dev.tollgate.demo.scenario.Expected.cutShort;
import static dev.tollgate.demo.scenario.Expected.denied;
import static dev.tollgate.demo.scenario.Expected.runs;
import static dev.tollgate.demo.scenario.Expected.runsOutside;
import static dev.tollgate.demo.scenario.Scenario.World.DESK;
import static dev.tollgate.demo.scenario.Scenario.World.ERRING_POLICY;
import static dev.tollgate.demo.scenario.Scenario.World.NO_AUDIT;
import static dev.tollgate.demo.scenario.Scenario.World.PLANNER;
import static dev.tollgate.demo.scenario.Scenario.World.TIGHT_BUDGET;
import static dev.tollgate.demo.scenario.Scenario.World.USUAL;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.idp.IdpFaults.Mode;
import java.util.ArrayList;
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
  private static final PlannedCall PAY_CLEANERS =
      call(
          "bank_pay",
          "{\"recipient\":\"Cleaners\",\"iban\":\"DE75512108001245126199\",\"amount\":240,"
              + "\"reference\":\"November\"}");
  private static final PlannedCall FLOWERS = flowers("flowers");
  private static final PlannedCall MORE_FLOWERS = flowers("more of them");
  private static final PlannedCall HAND_ON =
      call("ask_worker", "{\"work\":\"Read the inbox and tell me what is in it.\"}");
  private static final PlannedCall CONTACTS = call("file_read", "{\"path\":\"contacts.txt\"}");

  private Scenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(usual());
    all.addAll(PolicyScenarios.all());
    all.add( // the last one: the screen ends with what to do about it
        desk(
            "a payment that waits for you",
            "Pay the cleaners.",
            turns(PAY_CLEANERS),
            denied("bank_pay", "approval_required")));
    return all;
  }

  private static List<Scenario> usual() {
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
        usual("streaming", "Who are my contacts?", turns(CONTACTS), runs("file_read")).streamed(),
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
        faulty("token server ignores the actor", Mode.NO_ACTOR, "credential_actor_missing"),
        inWorld("a policy that errors", ERRING_POLICY, "policy_error"),
        inWorld("audit folder not writable", NO_AUDIT, "audit_unavailable"),
        desk(
                "a payment that needs approval, and gets it",
                "Pay the rent.",
                turns(PAY_RENT),
                denied("bank_pay", "approval_required"),
                runs("bank_pay"))
            .played(
                stage -> {
                  stage.ask();
                  String waiting = stage.waiting();
                  stage.approve(waiting);
                  stage.resume(waiting);
                }),
        desk(
                "an approval is for one call: another one, and the same one again",
                "Pay the rent.",
                turns(PAY_RENT),
                denied("bank_pay", "approval_required"),
                denied("bank_pay", "approval_required"),
                runs("bank_pay"),
                denied("bank_pay", "approval_used"))
            .played(
                stage -> {
                  stage.ask();
                  String waiting = stage.waiting();
                  stage.approve(waiting);
                  stage.ask(turns(PAY_ATTACKER));
                  stage.resume(waiting);
                  stage.resume(waiting);
                }),
        desk(
            "an agent that goes round in circles",
            "Who are my contacts?",
            turns(CONTACTS, CONTACTS, CONTACTS, CONTACTS, CONTACTS, STATEMENT),
            runs("file_read"),
            runs("file_read"),
            runs("file_read"),
            denied("file_read", "approval_required"),
            denied("file_read", "loop_detected"),
            denied("bank_transactions", "loop_detected")),
        desk(
                "revoked in flight",
                "What is in my inbox, and on my account?",
                turns(INBOX, STATEMENT),
                cutShort("mail_inbox"),
                denied("bank_transactions", "task_revoked"))
            .played(
                stage -> {
                  stage.revokeDuringNextRequest();
                  stage.ask();
                }),
        tight(
            "a budget of two calls is used up",
            "Check mail and account, and my contacts.",
            turns(INBOX, STATEMENT, CONTACTS),
            runs("mail_inbox"),
            runs("bank_transactions"),
            denied("file_read", "budget_calls")),
        tight(
            "a budget of 100 EUR is used up",
            "Pay for the flowers.",
            turns(FLOWERS, MORE_FLOWERS),
            runs("bank_pay"),
            denied("bank_pay", "budget_amount")),
        planner(
            "a planner hands work to a worker of the other framework",
            turns(INBOX),
            runsOutside("ask_worker"),
            runs("mail_inbox")),
        planner(
            "the worker tries what it was not handed",
            turns(INBOX, STATEMENT),
            runsOutside("ask_worker"),
            runs("mail_inbox"),
            denied("bank_transactions", "delegation_tool")));
  }

  private static Scenario usual(
      String title, String message, List<List<PlannedCall>> turns, Expected... expected) {
    return Scenario.of(title, message, turns, Mode.NONE, USUAL, List.of(expected));
  }

  private static Scenario faulty(String title, Mode fault, String reason) {
    return Scenario.of(
        title,
        "What is in my inbox?",
        turns(INBOX),
        fault,
        USUAL,
        List.of(denied("mail_inbox", reason)));
  }

  private static Scenario inWorld(String title, Scenario.World world, String reason) {
    return Scenario.of(
        title,
        "What is in my inbox?",
        turns(INBOX),
        Mode.NONE,
        world,
        List.of(denied("mail_inbox", reason)));
  }

  private static Scenario desk(
      String title, String message, List<List<PlannedCall>> turns, Expected... expected) {
    return Scenario.of(title, message, turns, Mode.NONE, DESK, List.of(expected));
  }

  private static Scenario tight(
      String title, String message, List<List<PlannedCall>> turns, Expected... expected) {
    return Scenario.of(title, message, turns, Mode.NONE, TIGHT_BUDGET, List.of(expected));
  }

  /** The planner hands its only work on, and the worker makes these calls. */
  private static Scenario planner(
      String title, List<List<PlannedCall>> handedOn, Expected... expected) {
    return new Scenario(
        title,
        "Have my inbox read.",
        turns(HAND_ON),
        handedOn,
        false,
        Mode.NONE,
        PLANNER,
        Stage::ask,
        List.of(expected));
  }

  private static PlannedCall flowers(String reference) {
    return call(
        "bank_pay",
        "{\"recipient\":\"Florist\",\"iban\":\"DE75512108001245126199\",\"amount\":60,"
            + "\"reference\":\""
            + reference
            + "\"}");
  }

  private static PlannedCall call(String tool, String arguments) {
    return new PlannedCall("call_" + tool, tool, arguments);
  }

  /** One call a turn. */
  private static List<List<PlannedCall>> turns(PlannedCall... calls) {
    return java.util.Arrays.stream(calls).map(List::of).toList();
  }
}
