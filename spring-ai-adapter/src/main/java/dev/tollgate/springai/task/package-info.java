/** The task of a chat, on its way through Spring AI's threads and streams. */
@NullMarked
package dev.tollgate.springai.task;

import org.jspecify.annotations.NullMarked;
