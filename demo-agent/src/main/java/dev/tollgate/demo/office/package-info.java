/** A small office behind HTTP: mail, files and a bank account, each with tokens of its own. */
@NullMarked
package dev.tollgate.demo.office;

import org.jspecify.annotations.NullMarked;
