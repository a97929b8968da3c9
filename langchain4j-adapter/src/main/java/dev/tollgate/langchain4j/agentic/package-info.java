/**
 * The gate in LangChain4j's agentic systems: whose request the agents work on, on whatever thread,
 * and a person's turn. Loaded only where langchain4j-agentic is.
 */
@NullMarked
package dev.tollgate.langchain4j.agentic;

import org.jspecify.annotations.NullMarked;
