package dev.tollgate.demo.control;

import static dev.tollgate.demo.control.ControlBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.credential.CallCredential;
import dev.tollgate.demo.idp.RunningIdp;
import dev.tollgate.secret.SecretAccess;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a person's own token answers; every other one is refused, and what can be is on record. */
class ApproverTokenTest {
  private static RunningIdp idp;
  @TempDir Path folder;
  private ControlBench bench;
  private String id;

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
    id = bench.waiting();
  }

  @AfterEach
  void seeThatNothingWasApprovedAndStop() {
    assertThat(bench.resumed(id)).isEqualTo("approval_required");
    assertThat(bench.paid).isEmpty();
    bench.close();
  }

  private void isNobody(String token) throws Exception {
    assertThat(refusal(bench.answer(id, "approve", token))).isEqualTo("401 token_invalid");
    assertThat(refusal(bench.pending(token))).isEqualTo("401 token_invalid");
    assertThat(bench.answers()).isEmpty();
  }

  private void isNoPerson(String token) throws Exception {
    assertThat(refusal(bench.answer(id, "approve", token))).isEqualTo("403 approver_not_human");
    assertThat(refusal(bench.answer(id, "reject", token))).isEqualTo("403 approver_not_human");
    assertThat(refusal(bench.pending(token))).isEqualTo("403 approver_not_human");
    assertThat(refusal(bench.post("/revocations", token, "{\"kind\":\"tenant\",\"id\":\"\"}")))
        .isEqualTo("403 approver_not_human");
    assertThat(bench.answers())
        .hasSize(2)
        .allMatch(line -> line.contains("\"answer\":\"refuse\""))
        .allMatch(line -> line.contains("\"reason\":\"approver_not_human\""));
  }

  @Test
  void thePersonsOwnIsTheOneThatIsTaken() {
    String another = bench.waiting();
    assertThat(bench.answer(another, "approve", bench.people.token("bob")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void none() {
    assertThat(refusal(bench.answer(id, "approve", null))).isEqualTo("401 token_missing");
    assertThat(bench.pending(null).headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void noTokenAtAllInTheHeader() throws Exception {
    isNobody("eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ.");
  }

  @Test
  void twoOfThem() {
    HttpRequest both =
        bench
            .request("/approvals", bench.people.token("bob"))
            .header("Authorization", "Bearer " + bench.people.token("carol"))
            .GET()
            .build();
    assertThat(refusal(ControlBench.send(both))).isEqualTo("401 token_invalid");
  }

  @Test
  void anExpiredOne() throws Exception {
    isNobody(bench.people.expired("bob"));
  }

  @Test
  void aRevokedOne() throws Exception {
    isNobody(bench.people.revoked("bob"));
  }

  @Test
  void oneOfAnotherTokenServer() throws Exception {
    try (RunningIdp other = new RunningIdp()) {
      isNobody(new People(other).token("bob"));
    }
  }

  @Test
  void oneThatNamesAnotherIssuer() throws Exception {
    isNobody(
        bench.people.saying("bob", claims -> claims.put("iss", java.net.URI.create("http://e.x"))));
  }

  @Test
  void whatTheAgentHoldsOfAlice() throws Exception {
    isNoPerson(bench.people.subjectToken("alice"));
  }

  @Test
  void oneThatIsForApprovalsAndMore() throws Exception {
    isNoPerson(
        bench.people.saying("bob", claims -> claims.put("aud", List.of("approvals", "bank"))));
  }

  @Test
  void oneWithSomebodyWhoActs() throws Exception {
    isNoPerson(
        bench.people.saying("bob", claims -> claims.put("act", Map.of("sub", "office-agent"))));
  }

  @Test
  void oneWithAnActorThatCannotBeRead() throws Exception {
    isNoPerson(bench.people.saying("bob", claims -> claims.put("act", List.of("office-agent"))));
  }

  @Test
  void oneThatWasIssuedToAnAgentsClient() throws Exception {
    isNoPerson(bench.people.ofClient("bob", "office-agent"));
  }

  @Test
  void theTokenOfACall() throws Exception {
    List<String> captured = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    ToolResult result =
        bench.call(
            bench.task(),
            "bank_transactions",
            "{}",
            arguments -> {
              String token =
                  CallCredential.current()
                      .orElseThrow()
                      .bearer(SecretAccess.granted(), idp.address().issuer(), text -> text);
              captured.add(token);
              ends.add(refusal(bench.answer(id, "approve", token)));
              ends.add(refusal(bench.pending(token)));
              return ToolResult.returned("looked");
            });
    assertThat(result).isEqualTo(ToolResult.returned("looked"));
    assertThat(ends).containsExactly("403 approver_token_of_gate", "403 approver_not_human");
    assertThat(bench.answers())
        .singleElement()
        .asString()
        .contains("\"reason\":\"approver_token_of_gate\"", "\"approver\":\"alice\"");
    assertThat(refusal(bench.answer(id, "approve", captured.get(0))))
        .as("after the call it is revoked")
        .isEqualTo("401 token_invalid");
  }
}
