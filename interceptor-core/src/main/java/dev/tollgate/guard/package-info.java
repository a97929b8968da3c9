/** What stops a call whatever the policy says: revocation, loops, budgets. */
@NullMarked
package dev.tollgate.guard;

import org.jspecify.annotations.NullMarked;
