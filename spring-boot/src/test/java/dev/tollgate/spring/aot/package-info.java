@NullMarked
package dev.tollgate.spring.aot;

import org.jspecify.annotations.NullMarked;
