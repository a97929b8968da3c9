/**
 * MCP servers that this application is a client of: which server a tool is of, and what a call
 * takes along to it.
 */
@NullMarked
package dev.tollgate.springai.mcp;

import org.jspecify.annotations.NullMarked;
