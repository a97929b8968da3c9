/** Calls that wait for a person: requests bound to one exact call, the store, the answer. */
@NullMarked
package dev.tollgate.approval;

import org.jspecify.annotations.NullMarked;
