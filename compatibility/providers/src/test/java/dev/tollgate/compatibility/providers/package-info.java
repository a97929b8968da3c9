/** Options by which providers run tools, with the providers' own classes. */
@NullMarked
package dev.tollgate.compatibility.providers;

import org.jspecify.annotations.NullMarked;
