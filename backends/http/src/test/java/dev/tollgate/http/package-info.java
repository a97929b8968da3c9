/** A client against real servers on this machine, inside and outside of calls. */
@NullMarked
package dev.tollgate.http;

import org.jspecify.annotations.NullMarked;
