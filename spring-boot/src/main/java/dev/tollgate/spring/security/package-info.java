/**
 * Spring Security: who is signed in, and its authorization managers, on either side of the gate.
 */
@NullMarked
package dev.tollgate.spring.security;

import org.jspecify.annotations.NullMarked;
