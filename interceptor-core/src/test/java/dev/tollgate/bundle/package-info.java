@NullMarked
package dev.tollgate.bundle;

import org.jspecify.annotations.NullMarked;
