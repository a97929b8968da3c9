@NullMarked
package dev.tollgate.spring.actuate;

import org.jspecify.annotations.NullMarked;
