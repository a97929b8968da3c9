/** Who acts: the identity of an agent. */
@NullMarked
package dev.tollgate.identity;

import org.jspecify.annotations.NullMarked;
