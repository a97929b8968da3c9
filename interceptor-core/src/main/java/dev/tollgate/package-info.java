/** The gate: {@link dev.tollgate.ToolGate}, the calls that pass it, and its two chains. */
@NullMarked
package dev.tollgate;

import org.jspecify.annotations.NullMarked;
