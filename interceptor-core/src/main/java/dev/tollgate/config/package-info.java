/** The tollgate.* configuration contract. */
@NullMarked
package dev.tollgate.config;

import org.jspecify.annotations.NullMarked;
