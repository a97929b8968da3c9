/**
 * What a sub-agent may at most do, said where the agent is written: {@link
 * dev.tollgate.langchain4j.delegate.Delegate} on its interface, or {@link
 * dev.tollgate.langchain4j.delegate.AgentGrant} where it is built.
 */
@NullMarked
package dev.tollgate.langchain4j.delegate;

import org.jspecify.annotations.NullMarked;
