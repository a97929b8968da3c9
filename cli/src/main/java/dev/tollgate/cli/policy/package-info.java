/** {@code tollgate policy …}: a class for each command. */
@NullMarked
package dev.tollgate.cli.policy;

import org.jspecify.annotations.NullMarked;
