package dev.tollgate.demo.control;

import static dev.tollgate.demo.control.ControlBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.demo.world.AuditCheck;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.policy.Obligation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People answer over HTTP, and what they said is what happens. */
class ApprovingTest {
  private static RunningIdp idp;
  @TempDir Path folder;
  private ControlBench bench;
  private String bob;

  @BeforeAll
  static void startIdp() {
    idp = new RunningIdp();
  }

  @AfterAll
  static void stopIdp() {
    idp.close();
  }

  @BeforeEach
  void start() throws Exception {
    bench = new ControlBench(idp, folder);
    bob = bench.people.token("bob");
  }

  @AfterEach
  void stopAndSeeThatTheAuditIsWhole() throws Exception {
    bench.close();
    assertThat(AuditCheck.of(bench.folder).intact()).isTrue();
  }

  @Test
  void whatBobApprovesRunsExactlyOnce() throws Exception {
    String id = bench.waiting();
    assertThat(bench.resumed(id)).isEqualTo("approval_required");

    HttpResponse<String> answer = bench.answer(id, "approve", bob);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"approver\":\"bob\"", "\"id\":\"" + id + "\"", "\"state\":\"approved\"");
    assertThat(bench.resume(id)).isEqualTo(ToolResult.returned("paid"));
    assertThat(bench.resumed(id)).isEqualTo("approval_used");
    assertThat(bench.paid).containsExactly(ControlBench.PAYMENT);
    assertThat(bench.answers())
        .singleElement()
        .asString()
        .contains("\"answer\":\"approve\"", "\"approver\":\"bob\"", "\"reason\":\"\"");
  }

  @Test
  void whatBobRejectsNeverRuns() {
    var task = bench.task();
    String id = bench.waiting(task, ControlBench.PAYMENT);
    assertThat(bench.answer(id, "reject", bob).statusCode()).isEqualTo(200);
    assertThat(bench.resumed(id)).isEqualTo("approval_rejected");
    assertThat(refusal(bench.answer(id, "approve", bob))).isEqualTo("409 approval_answered");
    assertThat(bench.call(task, "bank_pay", ControlBench.PAYMENT, bench::pay))
        .as("also when it is asked for again")
        .isInstanceOfSatisfying(
            ToolResult.Denied.class,
            denied -> assertThat(denied.denial().reason().code()).isEqualTo("approval_rejected"));
    assertThat(bench.paid).isEmpty();
  }

  @Test
  void theListShowsWhatWillRunAndForWhomAndNothingThatWasAnswered() {
    String first = bench.waiting();
    String second = bench.waiting();
    bench.answer(first, "reject", bob);

    HttpResponse<String> list = bench.pending(bob);

    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body())
        .contains(
            "\"tenant\":\"acme\"",
            "\"arguments\":" + ControlBench.PAYMENT,
            "\"id\":\"" + second + "\"",
            "\"tool\":\"bank_pay\"",
            "\"subject\":\"alice\"",
            "\"agent\":\"office-agent\"",
            "\"policies\":[\"pays-when-approved\"]",
            "\"state\":\"pending\"")
        .doesNotContain(first);
    assertThat(list.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(list.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(list.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    assertThat(list.headers().map())
        .doesNotContainKeys("access-control-allow-origin", "set-cookie");
  }

  @Test
  void ofTwoWhoAnswerAtOnceOneCounts() {
    String carol = bench.people.token("carol");
    for (int round = 0; round < 5; round++) {
      String id = bench.waiting();
      CyclicBarrier together = new CyclicBarrier(2);
      List<String> ends =
          Stream.of(bob, carol)
              .map(
                  token -> CompletableFuture.supplyAsync(() -> answerTogether(together, id, token)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(ends).containsExactlyInAnyOrder("200", "409 approval_answered");
      assertThat(bench.resumed(id)).isEmpty();
    }
    assertThat(bench.paid).hasSize(5);
  }

  private String answerTogether(CyclicBarrier together, String id, String token) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    HttpResponse<String> response = bench.answer(id, "approve", token);
    return response.statusCode() == 200 ? "200" : refusal(response);
  }

  @Test
  void whatNeedsAnotherThanTheSubjectIsNotForAliceToApprove(@TempDir Path other) throws Exception {
    try (ControlBench four = new ControlBench(idp, DemoFolder.fresh(other), FourEyes::new)) {
      String id = four.waiting();
      String alice = four.people.token("alice");
      assertThat(four.pending(alice).body()).contains("\"by_other\":true");
      assertThat(refusal(four.answer(id, "approve", alice))).isEqualTo("403 approver_is_subject");
      assertThat(four.resumed(id)).isEqualTo("approval_required");
      assertThat(four.answer(id, "approve", bob).statusCode()).isEqualTo(200);
      assertThat(four.resumed(id)).isEmpty();
    }
    String own = bench.waiting();
    assertThat(bench.answer(own, "approve", bench.people.token("alice")).statusCode())
        .as("without that demand the subject may answer")
        .isEqualTo(200);
  }

  @Test
  void whatNeedsARoleIsForThoseWhoseTokenHasIt(@TempDir Path other) throws Exception {
    Obligation treasurer = new Obligation.ApprovedByRole("treasurer");
    try (ControlBench roles =
        new ControlBench(idp, DemoFolder.fresh(other), set -> new FourEyes(set, treasurer))) {
      String id = roles.waiting();
      assertThat(roles.pending(bob).body()).contains("\"by_roles\":[\"treasurer\"]");
      for (String token :
          List.of(
              bob,
              roles.people.token("bob", "clerk", "Treasurer"),
              roles.people.saying("bob", claims -> claims.put("roles", "treasurer")),
              roles.people.saying("bob", claims -> claims.put("roles", List.of("treasurer", 1))),
              roles.people.saying("bob", claims -> claims.put("scope", "treasurer")))) {
        assertThat(refusal(roles.answer(id, "approve", token)))
            .isEqualTo("403 approver_role_missing");
      }
      assertThat(roles.resumed(id)).isEqualTo("approval_required");
      String carol = roles.people.token("carol", "clerk", "treasurer");
      assertThat(roles.answer(id, "approve", carol).statusCode()).isEqualTo(200);
      assertThat(roles.resumed(id)).isEmpty();
    }
    assertThat(bench.answer(bench.waiting(), "approve", bob).statusCode())
        .as("without that demand nobody needs a role")
        .isEqualTo(200);
  }

  @Test
  void anIdThatNobodyKnows() {
    assertThat(bench.waiting()).as("another one").isNotEmpty();
    assertThat(refusal(bench.answer("00000000-0000-0000-0000-000000000000", "approve", bob)))
        .isEqualTo("404 approval_unknown");
  }

  @Test
  void anotherTenantSeesAndAnswersNothing() {
    String id = bench.waiting();
    try (ControlEndpoint globex = bench.start("globex")) {
      var list = bench.request("/approvals", bob).uri(globex.uri("/approvals")).GET().build();
      assertThat(ControlBench.send(list).body()).contains("\"approvals\":[]").doesNotContain(id);
      var answer =
          bench
              .request("/approvals", bob)
              .uri(globex.uri("/approvals/" + id + "/approve"))
              .header("Content-Type", "application/json")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(refusal(ControlBench.send(answer))).isEqualTo("404 approval_unknown");
    }
    assertThat(bench.resumed(id)).isEqualTo("approval_required");
  }

  @Test
  void revokingATaskEndsWhatWaitsInIt() {
    var task = bench.task();
    String id = bench.waiting(task, ControlBench.PAYMENT);

    HttpResponse<String> revoked =
        bench.post("/revocations", bob, "{\"kind\":\"task\",\"id\":\"" + task.id() + "\"}");

    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(revoked.body()).contains("\"approvals\":1", "\"in_flight\":[]", "\"kind\":\"task\"");
    assertThat(refusal(bench.answer(id, "approve", bob))).isEqualTo("409 approval_revoked");
    assertThat(bench.resumed(id)).isEqualTo("task_revoked");
    assertThat(bench.resumed(bench.waiting())).as("another task").isEqualTo("approval_required");
  }

  @Test
  void theKillSwitchStopsTheTenant() throws Exception {
    String id = bench.waiting();
    bench.answer(id, "approve", bob);
    assertThat(bench.post("/revocations", bob, "{\"kind\":\"tenant\",\"id\":\"\"}").statusCode())
        .isEqualTo(200);
    assertThat(bench.resumed(id)).isEqualTo("tenant_revoked");
    assertThat(bench.paid).isEmpty();
    assertThat(java.nio.file.Files.readString(bench.folder.audit().resolve("acme.jsonl")))
        .contains("\"what\":\"tenant\"", "\"by\":\"bob\"");
  }

  @Test
  void aRevocationOfNothingThatIsKnownIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"kind\":\"everything\",\"id\":\"x\"}",
            "{\"kind\":\"TASK\",\"id\":\"x\"}",
            "{\"kind\":\"task\",\"id\":\"\"}",
            "{\"kind\":\"task\",\"id\":7}",
            "{\"kind\":\"tenant\",\"id\":\"globex\"}",
            "{\"kind\":\"task\",\"id\":\"x\",\"tenant\":\"globex\"}")) {
      assertThat(refusal(bench.post("/revocations", bob, body)))
          .as(body)
          .isEqualTo("400 revocation_invalid");
    }
    assertThat(bench.resumed(bench.waiting())).isEqualTo("approval_required");
  }

  @Test
  void whatAModelWroteCannotForgeTheList() {
    String hostile =
        "{\"amount\":1,\"iban\":\"DE02120300000000202051\",\"reference\":"
            + "\"\\u202e\\u2066<script>alert('1')</script>&\\u0000\\u001b[2J\\r\\n\\u2028\\u0430"
            + "\\ud83d\\ude00\"}";
    bench.waiting(bench.task(), hostile);

    String body = bench.pending(bob).body();

    assertThat(body).matches("[ -~]*").doesNotContain("<", ">", "&", "'");
    assertThat(body)
        .contains("\\u202e\\u2066\\u003cscript\\u003e", "\\u0000\\u001b[2J\\r\\n\\u2028\\u0430");
  }

  @Test
  void withoutATokenServerNobodyAnswers() {
    String id = bench.waiting();
    RunningIdp other = new RunningIdp();
    PersonTokens gone =
        new PersonTokens(
            other.address(), other.part(dev.tollgate.demo.idp.ResourceClients.class), "acme");
    other.close();
    try (ControlEndpoint alone = ControlEndpoint.start(bench.gate, gone)) {
      var request =
          bench
              .request("/approvals", bob)
              .uri(alone.uri("/approvals/" + id + "/approve"))
              .header("Content-Type", "application/json")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(refusal(ControlBench.send(request))).isEqualTo("503 introspection_unavailable");
    }
    assertThat(bench.resumed(id)).isEqualTo("approval_required");
  }

  @Test
  void anAnswerThatCannotBeRecordedIsNone() {
    String id = bench.waiting();
    bench.gate.close(); // and with it its audit
    assertThat(refusal(bench.answer(id, "approve", bob))).isEqualTo("503 audit_unavailable");
    assertThat(bench.paid).isEmpty();
  }
}
