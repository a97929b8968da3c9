@NullMarked
package dev.tollgate.reason;

import org.jspecify.annotations.NullMarked;
