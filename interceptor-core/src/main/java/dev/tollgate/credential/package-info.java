/** Credentials that are good for one call: issued, handed over, taken back. */
@NullMarked
package dev.tollgate.credential;

import org.jspecify.annotations.NullMarked;
