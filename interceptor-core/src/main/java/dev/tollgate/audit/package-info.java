/** The audit chain: records, keyed chain, signed heads, and the verifier. */
@NullMarked
package dev.tollgate.audit;

import org.jspecify.annotations.NullMarked;
