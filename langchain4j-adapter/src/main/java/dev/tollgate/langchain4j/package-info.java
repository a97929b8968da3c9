/**
 * The gate in front of every tool call of LangChain4j's AI services. With this jar on the class
 * path nothing else is needed; {@link dev.tollgate.langchain4j.TollgateLangChain4j} is for
 * applications that build their gate themselves.
 */
@NullMarked
package dev.tollgate.langchain4j;

import org.jspecify.annotations.NullMarked;
