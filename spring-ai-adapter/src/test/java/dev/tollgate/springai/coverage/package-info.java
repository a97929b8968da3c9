/** Every path that a tool call can take through Spring AI, run in every case. */
@NullMarked
package dev.tollgate.springai.coverage;

import org.jspecify.annotations.NullMarked;
