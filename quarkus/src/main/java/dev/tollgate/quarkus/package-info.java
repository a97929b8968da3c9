/** The gate in a Quarkus application with quarkus-langchain4j. */
@NullMarked
package dev.tollgate.quarkus;

import org.jspecify.annotations.NullMarked;
