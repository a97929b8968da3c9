/** Recorded tool calls, played through the real adapters. */
@NullMarked
package dev.tollgate.demo.replay;

import org.jspecify.annotations.NullMarked;
