package dev.tollgate.spring.actuate;

import dev.tollgate.GateStatus;
import dev.tollgate.ToolGate;
import dev.tollgate.credential.OpenLease;
import dev.tollgate.json.Shown;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.StartReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the endpoint shows of a gate. No argument, intent, result or credential is in it. */
final class GateView {
  private final ToolGate gate;
  private final StartReport report;
  private final RecentDecisions decisions;

  GateView(ToolGate gate, StartReport report, RecentDecisions decisions) {
    this.gate = gate;
    this.report = report;
    this.decisions = decisions;
  }

  /**
   * As JSON.
   *
   * @param calls whether to tell of single calls too, of all tenants
   */
  Map<String, Object> shown(boolean calls) {
    GateStatus status = gate.status();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("state", status.closed() ? "closed" : status.observe() ? "observing" : "enforcing");
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("engine", Shown.text(status.engine()));
    policy.put("revision", Shown.text(status.revision()));
    policy.put("lastReloadFailed", status.reloadFailed());
    policy.put("writablePlaces", status.unprotected());
    view.put("policy", policy);
    view.put("coverage", coverage());
    Map<String, Object> leases = new LinkedHashMap<>();
    List<OpenLease> open = gate.openLeases();
    leases.put("open", open.size());
    leases.put("pendingRevocations", status.pendingRevocations());
    view.put("leases", leases);
    if (calls) {
      leases.put("held", open.stream().map(GateView::lease).toList());
      view.put("decisions", decisions.newestFirst().stream().map(GateView::decision).toList());
    }
    return view;
  }

  private Map<String, List<Map<String, Object>>> coverage() {
    Map<String, List<Map<String, Object>>> frameworks = new LinkedHashMap<>();
    report
        .found()
        .forEach(
            (framework, paths) ->
                frameworks.put(framework, paths.stream().map(GateView::path).toList()));
    return frameworks;
  }

  private static Map<String, Object> path(CoveredPath path) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", Shown.text(path.path()));
    line.put("standing", path.standing().name().toLowerCase(Locale.ROOT));
    if (!path.detail().isEmpty()) {
      line.put("detail", Shown.text(path.detail()));
    }
    return line;
  }

  private static Map<String, Object> lease(OpenLease lease) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("lease", lease.id());
    line.put("tool", Shown.text(lease.tool()));
    line.put("tenant", Shown.text(lease.tenant()));
    line.put("audience", Shown.text(lease.audience()));
    line.put("since", lease.since().toString());
    line.put("expiresAt", lease.expiresAt().toString());
    return line;
  }

  private static Map<String, Object> decision(RecentDecisions.Made made) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", made.at().toString());
    line.put("decisionId", made.call().callId());
    line.put("tool", Shown.text(made.call().tool()));
    line.put("tenant", Shown.text(made.call().tenant()));
    line.put("agent", Shown.text(made.call().agent()));
    line.put("outcome", made.call().outcome());
    line.put("reason", made.call().reason());
    line.put("enforced", made.call().enforced());
    return line;
  }
}
