/** Secrets, and the capability to touch them. */
@NullMarked
package dev.tollgate.secret;

import org.jspecify.annotations.NullMarked;
