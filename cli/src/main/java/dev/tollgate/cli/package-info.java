/** The command line for those who write policies and manifests. */
@NullMarked
package dev.tollgate.cli;

import org.jspecify.annotations.NullMarked;
