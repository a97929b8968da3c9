/** Every path that a tool call can take through LangChain4j, run in every case. */
@NullMarked
package dev.tollgate.langchain4j.coverage;

import org.jspecify.annotations.NullMarked;
