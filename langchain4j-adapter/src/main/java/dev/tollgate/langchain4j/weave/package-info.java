/**
 * The second layer: aspects for the paths that LangChain4j offers no hook on. In force only where
 * AspectJ weaves them, by {@code -javaagent} or at compile time.
 */
@NullMarked
package dev.tollgate.langchain4j.weave;

import org.jspecify.annotations.NullMarked;
