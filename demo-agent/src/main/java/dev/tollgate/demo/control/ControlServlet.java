package dev.tollgate.demo.control;

import dev.tollgate.approval.ApprovalAnswer;
import dev.tollgate.approval.ApprovalDesk;
import dev.tollgate.approval.Approver;
import dev.tollgate.guard.KillSwitch;
import dev.tollgate.guard.Revocation;
import dev.tollgate.guard.RevocationTarget;
import dev.tollgate.json.JsonValue;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.state.StateException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks where a request comes from, then what it asks for, then who sent it, then its body. */
@SuppressWarnings("serial") // nobody serialises a servlet
final class ControlServlet extends HttpServlet {
  private static final Logger log = LoggerFactory.getLogger(ControlServlet.class);

  private final ApprovalDesk desk;
  private final KillSwitch killSwitch;
  private final PersonTokens people;
  private volatile @Nullable SiteCheck site;

  ControlServlet(ApprovalDesk desk, KillSwitch killSwitch, PersonTokens people) {
    this.desk = desk;
    this.killSwitch = killSwitch;
    this.people = people;
  }

  /** The port is known only when the server listens; before that everything is refused. */
  void listensAt(int port) {
    site = new SiteCheck(port);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ControlReply reply;
    try {
      reply = answer(request);
    } catch (ControlBody.Unreadable e) {
      reply = e.reply();
    } catch (RuntimeException | Error e) {
      log.error("control: a request could not be answered", e);
      reply = ControlReply.refused(500, ReasonCode.STAGE_FAILED.code());
    }
    reply.write(response);
  }

  private ControlReply answer(HttpServletRequest request)
      throws IOException, ControlBody.Unreadable {
    SiteCheck check = site;
    String foreign = check == null ? "host_foreign" : check.refuse(request);
    if (foreign != null) {
      return ControlReply.refused(403, foreign);
    }
    Route route = request.getQueryString() == null ? Route.of(request.getRequestURI()) : null;
    if (route == null) {
      return ControlReply.refused(404, "path_unknown");
    }
    if (!request.getMethod().equals(route.method())) {
      return ControlReply.refused(405, "method_not_allowed", Map.of("Allow", route.method()));
    }
    if (!(route instanceof Route.Pending)) {
      ControlBody.demandJson(request);
    }
    Who who = people.who(Collections.list(request.getHeaders("Authorization")));
    if (who instanceof Who.Unknown unknown) {
      return unknown.status() == 401
          ? ControlReply.refused(401, unknown.code(), Map.of("WWW-Authenticate", "Bearer"))
          : ControlReply.refused(unknown.status(), unknown.code());
    }
    Who.Known known = (Who.Known) who;
    return known.person()
        ? answer(route, known.approver(), request)
        : refuse(route, known.approver());
  }

  private ControlReply answer(Route route, Approver person, HttpServletRequest request)
      throws IOException, ControlBody.Unreadable {
    if (route instanceof Route.Answer answer) {
      ControlBody.demandEmpty(request);
      return reply(answer(answer, person));
    }
    return route instanceof Route.Revoke
        ? revoke(ControlBody.target(request, people.tenant()), person)
        : pending();
  }

  /** Nothing an agent says counts; what it says to an approval goes on record. */
  private ControlReply refuse(Route route, Approver workload) {
    log.warn("control: a token that is no person's was shown, and refused");
    if (route instanceof Route.Answer answer
        && answer(answer, workload) instanceof ApprovalAnswer.Refused refused
        && refused.reason() == ReasonCode.APPROVER_TOKEN_OF_GATE) {
      return ControlReply.refused(refused.reason());
    }
    return ControlReply.refused(ReasonCode.APPROVER_NOT_HUMAN);
  }

  private ApprovalAnswer answer(Route.Answer answer, Approver by) {
    return answer.yes()
        ? desk.approve(people.tenant(), answer.id(), by)
        : desk.reject(people.tenant(), answer.id(), by);
  }

  private static ControlReply reply(ApprovalAnswer answer) {
    return answer instanceof ApprovalAnswer.Taken taken
        ? ControlReply.ok(
            Map.of(
                "id", ApprovalJson.text(taken.request().id()),
                "state", ApprovalJson.text(taken.request().state().name().toLowerCase(Locale.ROOT)),
                "approver", ApprovalJson.text(taken.request().approver()),
                "expires", ApprovalJson.text(taken.request().expiresAt().toString())))
        : ControlReply.refused(((ApprovalAnswer.Refused) answer).reason());
  }

  private ControlReply pending() {
    try {
      return ControlReply.ok(
          Map.of(
              "tenant",
              ApprovalJson.text(people.tenant()),
              "approvals",
              new JsonValue.Array(
                  desk.pending(people.tenant()).stream()
                      .map(request -> (JsonValue) ApprovalJson.of(request))
                      .toList())));
    } catch (StateException e) {
      log.error("control: what waits could not be read", e);
      return ControlReply.refused(ReasonCode.APPROVAL_UNAVAILABLE);
    }
  }

  private ControlReply revoke(RevocationTarget target, Approver person) {
    try {
      Revocation done = killSwitch.revoke(target, person.subject());
      if (!done
          .recorded()) { // it holds all the same; whoever pressed must know it is not on record
        return ControlReply.refused(ReasonCode.AUDIT_UNAVAILABLE);
      }
      return ControlReply.ok(
          Map.of(
              "kind", ApprovalJson.text(target.kind().name().toLowerCase(Locale.ROOT)),
              "id", ApprovalJson.text(target.id()),
              "in_flight", ApprovalJson.texts(done.inFlight()),
              "approvals", new JsonValue.Num(done.approvals())));
    } catch (StateException e) {
      log.error("control: a revocation holds here, but others may not know of it", e);
      return ControlReply.refused(ReasonCode.STATE_UNAVAILABLE);
    }
  }
}
