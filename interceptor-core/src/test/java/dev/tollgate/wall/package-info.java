/** The walls of the house. */
@NullMarked
package dev.tollgate.wall;

import org.jspecify.annotations.NullMarked;
