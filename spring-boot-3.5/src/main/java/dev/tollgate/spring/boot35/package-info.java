/** What Tollgate does in a way of its own on Spring Boot 3.5. Does nothing on Boot 4. */
@NullMarked
package dev.tollgate.spring.boot35;

import org.jspecify.annotations.NullMarked;
