/** Where people answer for what agents want to do, and stop them: over HTTP and at the terminal. */
@NullMarked
package dev.tollgate.demo.control;

import org.jspecify.annotations.NullMarked;
