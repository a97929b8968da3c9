/** Guards the tool calls of Spring AI, by auto-configuration. */
@NullMarked
package dev.tollgate.springai;

import org.jspecify.annotations.NullMarked;
