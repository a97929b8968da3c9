package dev.tollgate.demo.scenario;

import dev.tollgate.ToolGate;
import dev.tollgate.demo.control.ControlEndpoint;
import dev.tollgate.demo.control.PersonTokens;
import dev.tollgate.demo.office.RunningOffice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Somebody who is signed in at the portal and answers there, over HTTP. */
final class PersonAtPortal {
  private final RunningOffice office;
  private final String user;

  PersonAtPortal(RunningOffice office, String user) {
    this.office = office;
    this.user = user;
  }

  /** Says yes to one call. */
  void approve(ToolGate gate, String approvalId) throws IOException {
    PersonTokens people = new PersonTokens(office.idp(), office.resourceClients(), Stage.TENANT);
    try (ControlEndpoint control = ControlEndpoint.start(gate, people)) {
      HttpRequest request =
          HttpRequest.newBuilder(control.uri("/approvals/" + approvalId + "/approve"))
              .header("Authorization", "Bearer " + office.subjectTokens().issueForApprovals(user))
              .header("X-Tollgate-Control", "1")
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the answer was not taken: " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while answering", e);
    }
  }
}
