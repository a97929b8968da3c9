/** The one strict JSON parser, the canonical form (RFC 8785) and digests. */
@NullMarked
package dev.tollgate.json;

import org.jspecify.annotations.NullMarked;
