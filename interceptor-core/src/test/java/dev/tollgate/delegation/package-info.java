@NullMarked
package dev.tollgate.delegation;

import org.jspecify.annotations.NullMarked;
