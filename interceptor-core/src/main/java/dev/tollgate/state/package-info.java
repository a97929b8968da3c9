/** The small store behind approvals, budgets, replay caches and revocations. */
@NullMarked
package dev.tollgate.state;

import org.jspecify.annotations.NullMarked;
