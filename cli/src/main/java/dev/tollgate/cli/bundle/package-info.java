/** {@code policy bundle …}: signed bundles of policies. */
@NullMarked
package dev.tollgate.cli.bundle;

import org.jspecify.annotations.NullMarked;
