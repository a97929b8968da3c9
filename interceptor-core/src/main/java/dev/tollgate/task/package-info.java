/** Who asked for what: the caller, the intent, and the task that carries both through the work. */
@NullMarked
package dev.tollgate.task;

import org.jspecify.annotations.NullMarked;
