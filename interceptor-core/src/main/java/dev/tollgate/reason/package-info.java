/** The registry of reason codes. */
@NullMarked
package dev.tollgate.reason;

import org.jspecify.annotations.NullMarked;
