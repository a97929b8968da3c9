/** What the command line reads and how it prints. */
@NullMarked
package dev.tollgate.cli.io;

import org.jspecify.annotations.NullMarked;
