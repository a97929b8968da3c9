/** The embedded policy decision point: Cedar, and the policy sets that ship with it. */
@NullMarked
package dev.tollgate.cedar;

import org.jspecify.annotations.NullMarked;
