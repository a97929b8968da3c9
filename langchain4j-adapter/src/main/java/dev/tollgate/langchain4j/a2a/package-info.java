/**
 * What travels with a message to an agent in another process. Loaded only where
 * langchain4j-agentic-a2a is.
 */
@NullMarked
package dev.tollgate.langchain4j.a2a;

import org.jspecify.annotations.NullMarked;
