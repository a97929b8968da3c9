/** A real application with LangChain4j's starter, as a user writes it. */
@NullMarked
package dev.tollgate.spring.office;

import org.jspecify.annotations.NullMarked;
