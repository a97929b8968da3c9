package dev.tollgate.cedar.author;

/**
 * An atom, or its opposite.
 *
 * @param holds whether the atom holds
 */
record Literal(Atom atom, boolean holds) {}
