/** An application of the 1.1 line as a user writes it. */
@NullMarked
package dev.tollgate.compatibility.springai.office;

import org.jspecify.annotations.NullMarked;
