/** Where keys come from, one per purpose. */
@NullMarked
package dev.tollgate.key;

import org.jspecify.annotations.NullMarked;
