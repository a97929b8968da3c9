/**
 * What goes to an MCP server with a call: the call's credential and a delegation. Needs {@code
 * langchain4j-mcp}; the gate in front of MCP tools does not need this room.
 */
@NullMarked
package dev.tollgate.langchain4j.mcp;

import org.jspecify.annotations.NullMarked;
