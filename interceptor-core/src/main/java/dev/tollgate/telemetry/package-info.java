/** Spans and metrics, and the names they use. */
@NullMarked
package dev.tollgate.telemetry;

import org.jspecify.annotations.NullMarked;
