@NullMarked
package dev.tollgate.spring.connection;

import org.jspecify.annotations.NullMarked;
