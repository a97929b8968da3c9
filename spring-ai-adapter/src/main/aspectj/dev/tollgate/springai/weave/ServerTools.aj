package dev.tollgate.springai.weave;

import dev.tollgate.springai.WovenServers;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Every tool that is added to a running MCP server. */
public final aspect ServerTools {
  pointcut added(): execution(* io.modelcontextprotocol.server.Mcp*Server.addTool(..));

  // A blocking server hands it on to the other one inside, where it must not be guarded twice.
  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object tool): added() && args(tool) && !cflowbelow(added()) {
    return proceed(WovenServers.guard(tool));
  }
}
