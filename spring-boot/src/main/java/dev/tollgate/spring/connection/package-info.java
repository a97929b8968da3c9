/** Where servers are that something else started: tests, Docker Compose. */
@NullMarked
package dev.tollgate.spring.connection;

import org.jspecify.annotations.NullMarked;
