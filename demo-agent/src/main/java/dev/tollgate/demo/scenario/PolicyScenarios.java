package dev.tollgate.demo.scenario;

import static dev.tollgate.demo.scenario.Expected.denied;
import static dev.tollgate.demo.scenario.Expected.runs;
import static dev.tollgate.demo.scenario.Scenario.World.DESK;
import static dev.tollgate.demo.scenario.Scenario.World.NO_EGRESS;
import static dev.tollgate.demo.scenario.Scenario.World.SHADOWED;

import dev.tollgate.demo.agent.PlannedCall;
import dev.tollgate.demo.idp.IdpFaults.Mode;
import java.util.List;

/** What policies can do besides yes and no. */
final class PolicyScenarios {
  private static final PlannedCall INBOX = new PlannedCall("call_inbox", "mail_inbox", "{}");
  private static final PlannedCall STATEMENT =
      new PlannedCall("call_statement", "bank_transactions", "{}");
  private static final PlannedCall TELL_BOB = mail("bob@northwind-office.example", "I am late");

  private PolicyScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "what was read decides what may leave",
            "Ask Papierkram for a copy of the invoice, then see to my mails.",
            turns(
                mail("billing@papierkram.example", "Please send a copy"),
                INBOX,
                mail("audit@papierkrarn.example", "contacts.txt"),
                TELL_BOB),
            Mode.NONE,
            NO_EGRESS,
            List.of(
                runs("mail_send"),
                runs("mail_inbox"),
                denied("mail_send", "policy_forbidden"),
                runs("mail_send"))),
        Scenario.of(
                "a result that is masked",
                "What did we spend last month?",
                turns(STATEMENT),
                Mode.NONE,
                DESK,
                List.of(runs("bank_transactions")))
            .played(
                stage -> {
                  stage.ask();
                  stage.accountNumbersStayed();
                }),
        Scenario.of(
                "a set on trial, which would have said no",
                "Tell Bob that I am late.",
                turns(TELL_BOB),
                Mode.NONE,
                SHADOWED,
                List.of(runs("mail_send")))
            .played(
                stage -> {
                  stage.ask();
                  stage.dissented("deny policy_forbidden read-only-in-production");
                }));
  }

  private static PlannedCall mail(String to, String subject) {
    return new PlannedCall(
        "call_mail",
        "mail_send",
        String.format(
            "{\"to\":\"%s\",\"subject\":\"%s\",\"body\":\"Regards, Alice\"}", to, subject));
  }

  /** One call a turn. */
  private static List<List<PlannedCall>> turns(PlannedCall... calls) {
    return java.util.Arrays.stream(calls).map(List::of).toList();
  }
}
