package dev.tollgate.demo.evaluate;

import dev.tollgate.ToolGate;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.audit.Durability;
import dev.tollgate.audit.FileAnchor;
import dev.tollgate.audit.FileAuditSink;
import dev.tollgate.demo.world.DemoFolder;
import dev.tollgate.demo.world.Policies;
import dev.tollgate.guard.GuardSettings;
import dev.tollgate.tool.ToolManifest;

/**
 * The gate that is evaluated.
 *
 * @param policies a shipped set, several with commas, or a folder
 * @param manifest what the tools do
 * @param approver who answers
 * @param guard whether the guard stops loops and keeps its default budgets
 * @param agent who makes the calls
 */
record EvaluatedGate(
    String policies, ToolManifest manifest, StandIn approver, boolean guard, ReplayedAgent agent) {

  /** The files where the gate's records go. */
  static AuditSink records(DemoFolder folder) {
    return new FileAuditSink(
        folder.audit(), folder.keys(), Durability.PROCESS, new FileAnchor(folder.anchors()));
  }

  /** A new gate, which closes the audit with itself. */
  ToolGate open(DemoFolder folder, AuditSink audit) {
    return Approvers.build(
        ToolGate.builder()
            .keys(folder.keys())
            .manifest(manifest)
            .policy(Policies.named(policies, manifest))
            .guard(guard ? GuardSettings.DEFAULT : GuardSettings.OFF)
            .audit(audit)
            .agent(agent.identity())
            .environment("evaluation"),
        approver);
  }
}
