/**
 * The third layer: tools that this application offers as an MCP server. They never meet a tool
 * calling manager, so each one's handler is guarded by itself.
 */
@NullMarked
package dev.tollgate.springai.mcpserver;

import org.jspecify.annotations.NullMarked;
