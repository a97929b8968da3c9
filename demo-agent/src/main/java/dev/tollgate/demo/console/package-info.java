/** What the demo prints. */
@NullMarked
package dev.tollgate.demo.console;

import org.jspecify.annotations.NullMarked;
