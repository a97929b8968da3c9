/** Where the values of a call's arguments came from. */
@NullMarked
package dev.tollgate.provenance;

import org.jspecify.annotations.NullMarked;
