/** What one agent hands to another: a signed context that only narrows. */
@NullMarked
package dev.tollgate.delegation;

import org.jspecify.annotations.NullMarked;
