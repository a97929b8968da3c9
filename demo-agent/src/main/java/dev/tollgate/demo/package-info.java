/** The demo: agents of two frameworks that work in an office behind one gate. */
@NullMarked
package dev.tollgate.demo;

import org.jspecify.annotations.NullMarked;
