/** {@code tollgate manifest …}: a class for each command. */
@NullMarked
package dev.tollgate.cli.manifest;

import org.jspecify.annotations.NullMarked;
