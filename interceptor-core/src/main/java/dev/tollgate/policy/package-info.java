/** The policy decision point, its decisions and how they combine. */
@NullMarked
package dev.tollgate.policy;

import org.jspecify.annotations.NullMarked;
