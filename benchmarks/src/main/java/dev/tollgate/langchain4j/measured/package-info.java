/** What is measured of the aspects. Not in the benchmarks' own package, which is never woven. */
@NullMarked
package dev.tollgate.langchain4j.measured;

import org.jspecify.annotations.NullMarked;
