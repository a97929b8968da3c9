/** Where a call's effect goes: what its arguments declare, and whom a client really connects to. */
@NullMarked
package dev.tollgate.destination;

import org.jspecify.annotations.NullMarked;
