/** The adapter, as it is built for Spring AI 2.0, on Spring AI 1.1 and Spring Boot 3.5. */
@NullMarked
package dev.tollgate.compatibility.springai;

import org.jspecify.annotations.NullMarked;
