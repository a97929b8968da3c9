/** The token server of the demo: Spring Authorization Server, embedded, on the office's port. */
@NullMarked
package dev.tollgate.demo.idp;

import org.jspecify.annotations.NullMarked;
