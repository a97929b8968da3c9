@NullMarked
package dev.tollgate.quarkus;

import org.jspecify.annotations.NullMarked;
