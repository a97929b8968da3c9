/** Interleavings of the revocation core, from inside its room. */
@NullMarked
package dev.tollgate.guard;

import org.jspecify.annotations.NullMarked;
