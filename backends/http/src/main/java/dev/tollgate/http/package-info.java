/** HTTP for tools, to the places that policy allows. */
@NullMarked
package dev.tollgate.http;

import org.jspecify.annotations.NullMarked;
