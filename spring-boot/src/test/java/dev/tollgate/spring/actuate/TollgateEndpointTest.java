package dev.tollgate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.ToolResult;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Tool;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A real application over HTTP: who sees what, who may do what, and what goes on record. */
class TollgateEndpointTest {
  private static final String JSON = "application/json";
  private static final String PATH = "/actuator/tollgate";
  private static final String OPERATOR = "olga:o";
  private static final String USER = "ulf:u";
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  static class Paths {
    @Bean
    CoveredPaths letters() {
      AtomicInteger looks = new AtomicInteger();
      return new CoveredPaths() {
        @Override
        public String framework() {
          return "Letters";
        }

        @Override
        public List<CoveredPath> paths() {
          return List.of(
              CoveredPath.covered("by mail", "probed " + looks.incrementAndGet()),
              CoveredPath.escapes("by pigeon", "\u202enobody sees it"));
        }
      };
    }
  }

  @Test
  void operators_see_coverage_policy_open_leases_and_decisions_and_never_a_token()
      throws Exception {
    try (GuardedOffice office =
        GuardedOffice.open(folder, GuardedOffice.Stateless.class, Paths.class)) {
      AtomicReference<String> during = new AtomicReference<>("");
      Task task = office.task();
      office.call(
          task,
          "bank_pay",
          arguments -> {
            during.set(office.get(PATH, OPERATOR).body());
            return ToolResult.returned("paid");
          });
      office.call(
          task, Tool.unknown("made\nup", "test"), arguments -> ToolResult.returned("never"));
      assertThat(during.get())
          .contains("\"open\":1")
          .contains("\"tool\":\"bank_pay\"")
          .contains("\"audience\":\"bank\"")
          .doesNotContain(GuardedOffice.TOKEN);
      String after = office.get(PATH, OPERATOR).body();
      assertThat(after)
          .contains("\"state\":\"enforcing\"")
          .contains("\"engine\":\"cedar\"")
          .contains("\"writablePlaces\":2")
          .contains("\"path\":\"by mail\",\"standing\":\"covered\",\"detail\":\"probed 1\"")
          .contains("\\\\u202enobody")
          .contains("\"open\":0")
          .contains("\"tool\":\"(unknown)\"")
          .contains("\"outcome\":\"permit\"")
          .contains("\"reason\":\"tool_unknown\"")
          .doesNotContain("made")
          .doesNotContain("pay the bill")
          .doesNotContain(GuardedOffice.TOKEN);
    }
  }

  @Test
  void who_is_no_operator_sees_no_calls_and_does_nothing() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder, GuardedOffice.Stateless.class)) {
      Task task = office.task();
      office.call(task, "bank_pay", arguments -> ToolResult.returned("paid"));
      HttpResponse<String> seen = office.get(PATH, USER);
      assertThat(seen.statusCode()).isEqualTo(200);
      assertThat(seen.body())
          .contains("\"leases\"")
          .doesNotContain("bank_pay", "acme", "decisions");
      assertThat(office.get(PATH, null).statusCode()).isEqualTo(401);
      String body = "{\"kind\":\"task\",\"tenant\":\"acme\",\"id\":\"" + task.id() + "\"}";
      assertThat(office.post(PATH + "/revoke", USER, JSON, body).statusCode()).isEqualTo(403);
      assertThat(office.post(PATH + "/revoke", null, JSON, body).statusCode()).isEqualTo(401);
      assertThat(office.post(PATH + "/reload", USER, JSON, "{}").statusCode()).isEqualTo(403);
      assertThat(office.audit()).doesNotContain("\"kind\":\"revoked\"", "reload_asked");
      assertThat(office.call(task, "bank_pay", arguments -> ToolResult.returned("paid")))
          .isInstanceOf(ToolResult.Returned.class);
    }
  }

  @Test
  void an_operator_revokes_and_the_audit_says_who_did() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder, GuardedOffice.Stateless.class)) {
      Task task = office.task();
      String body = "{\"kind\":\"task\",\"tenant\":\"acme\",\"id\":\"" + task.id() + "\"}";
      HttpResponse<String> answer = office.post(PATH + "/revoke", OPERATOR, JSON, body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"revoked\":\"task\"", "\"recorded\":true");
      ToolResult result = office.call(task, "bank_pay", arguments -> ToolResult.returned("paid"));
      assertThat(result)
          .isInstanceOfSatisfying(
              ToolResult.Denied.class,
              denied -> assertThat(denied.denial().reason()).isEqualTo(ReasonCode.TASK_REVOKED));
      assertThat(office.audit()).contains("\"by\":\"olga\"").contains(task.id());
    }
  }

  @Test
  void what_cannot_be_a_revocation_is_refused_and_revokes_nothing() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder, GuardedOffice.Stateless.class)) {
      for (String body :
          List.of(
              "{}",
              "{\"kind\":\"everything\",\"tenant\":\"acme\",\"id\":\"x\"}",
              "{\"kind\":\"task\",\"tenant\":\"acme\"}",
              "{\"kind\":\"tenant\",\"tenant\":\"acme\",\"id\":\"x\"}",
              "{\"kind\":\"task\",\"tenant\":\"\",\"id\":\"x\"}",
              "{\"kind\":\"task\",\"tenant\":\"a\\nb\",\"id\":\"x\"}",
              "{\"kind\":\"task\",\"tenant\":\"acme\",\"id\":\"" + "x".repeat(600) + "\"}")) {
        assertThat(office.post(PATH + "/revoke", OPERATOR, JSON, body).statusCode())
            .as(body)
            .isEqualTo(400);
      }
      assertThat(office.post(PATH + "/erase", OPERATOR, JSON, "{}").statusCode()).isEqualTo(404);
      assertThat(office.audit()).doesNotContain("\"kind\":\"revoked\"");
    }
  }

  @Test
  void an_operator_reloads_policies_once_nobody_writes_them_any_more() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder, GuardedOffice.Stateless.class)) {
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").body())
          .contains("\"reload\":\"unchanged\"");
      String before = office.gate().status().revision();
      Files.writeString(
          office.policies().resolve("b.cedar"),
          "@id(\"none\")\nforbid (principal, action, resource);\n");
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").body())
          .contains("\"reload\":\"unsettled\"");
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").body())
          .contains("\"reload\":\"loaded\"");
      assertThat(office.gate().status().revision()).isNotEqualTo(before);
      assertThat(office.call(office.task(), "bank_pay", arguments -> ToolResult.returned("paid")))
          .isInstanceOf(ToolResult.Denied.class);
      assertThat(office.audit()).contains("policy_reload_asked").contains("\"by\":\"olga\"");
      Files.writeString(office.policies().resolve("b.cedar"), "permit permit");
      office.post(PATH + "/reload", OPERATOR, JSON, "{}");
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").body())
          .contains("\"reload\":\"failed\"");
      assertThat(office.get("/actuator/health", OPERATOR).body())
          .contains("failed; the policies before stay in force");
    }
  }

  @Test
  void a_form_of_another_site_reaches_no_operation() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder, GuardedOffice.Stateless.class)) {
      // What a browser sends across sites without asking first.
      for (String type :
          List.of(
              "application/x-www-form-urlencoded",
              "text/plain",
              "multipart/form-data; boundary=x")) {
        assertThat(office.post(PATH + "/reload", OPERATOR, type, "--x--").statusCode())
            .as(type)
            .isEqualTo(415);
        assertThat(
                office
                    .post(PATH + "/revoke?kind=tenant&tenant=acme", OPERATOR, type, "--x--")
                    .statusCode())
            .as(type)
            .isEqualTo(415);
      }
      assertThat(office.audit()).doesNotContain("reload_asked", "\"kind\":\"revoked\"");
    }
  }

  @Test
  void with_boots_own_chain_a_request_without_its_csrf_token_is_refused() throws Exception {
    try (GuardedOffice office = GuardedOffice.open(folder)) {
      assertThat(office.get(PATH, OPERATOR).statusCode()).isEqualTo(200);
      // 403, for which its error page then asks who wants to know.
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").statusCode()).isIn(401, 403);
      assertThat(office.audit()).doesNotContain("reload_asked");
    }
  }

  @Test
  void what_boot_lets_be_read_only_does_nothing() throws Exception {
    try (GuardedOffice office =
        GuardedOffice.open(
            folder,
            List.of("management.endpoint.tollgate.access=read-only"),
            GuardedOffice.Stateless.class)) {
      assertThat(office.get(PATH, OPERATOR).statusCode()).isEqualTo(200);
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").statusCode()).isIn(404, 405);
      assertThat(office.audit()).doesNotContain("reload_asked");
    }
  }

  @Test
  void on_a_port_of_its_own_it_is_the_same() throws Exception {
    try (GuardedOffice office =
        GuardedOffice.open(
            folder, List.of("management.server.port=0"), GuardedOffice.Stateless.class)) {
      assertThat(office.get(PATH, OPERATOR).statusCode()).isEqualTo(404);
      office.onManagementPort();
      assertThat(office.get(PATH, null).statusCode()).isEqualTo(401);
      assertThat(office.post(PATH + "/reload", USER, JSON, "{}").statusCode()).isEqualTo(403);
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").body()).contains("unchanged");
    }
  }

  @Test
  void the_role_is_the_one_that_is_configured() throws Exception {
    try (GuardedOffice office =
        GuardedOffice.open(
            folder, List.of("tollgate.operator.role=USER"), GuardedOffice.Stateless.class)) {
      assertThat(office.post(PATH + "/reload", USER, JSON, "{}").statusCode()).isEqualTo(200);
      assertThat(office.post(PATH + "/reload", OPERATOR, JSON, "{}").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void health_metrics_and_settings_tell_how_the_gate_stands() throws Exception {
    try (GuardedOffice office =
        GuardedOffice.open(
            folder,
            List.of("tollgate.state.file=" + folder.resolve("state")),
            GuardedOffice.Stateless.class)) {
      office.call(office.task(), "bank_pay", arguments -> ToolResult.returned("paid"));
      assertThat(office.get("/actuator/health/tollgate", OPERATOR).body())
          .contains("\"status\":\"UP\"", "\"audit\":\"written\"", "\"policy\":\"in force\"");
      String metric =
          office.get("/actuator/metrics/tollgate.decisions?tag=outcome:permit", OPERATOR).body();
      assertThat(metric).contains("\"value\":1.0").contains("bank_pay");
      assertThat(office.get("/actuator/env/tollgate.keys.file", OPERATOR).body())
          .contains("keys.json");
    }
  }
}
