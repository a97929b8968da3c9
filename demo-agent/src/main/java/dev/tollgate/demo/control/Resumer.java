package dev.tollgate.demo.control;

import dev.tollgate.ToolResult;
import dev.tollgate.approval.ApprovalRequest;
import dev.tollgate.demo.world.DemoFolder;
import java.io.IOException;

/** Runs a stored call through a gate, with the tool it was asked for. */
@FunctionalInterface
public interface Resumer {

  /**
   * Resumes one call. The folder's state and audit are free while this runs.
   *
   * @param request the call as it was stored; the gate decides, whatever its state
   */
  ToolResult resume(DemoFolder folder, ApprovalRequest request) throws IOException;
}
