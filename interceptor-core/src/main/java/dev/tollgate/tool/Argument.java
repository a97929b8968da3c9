package dev.tollgate.tool;

/**
 * An argument that policies may read.
 *
 * @param type its type
 * @param steering whether its value decides whom or what the effect hits: a payee, an address, a
 *     path, an amount
 */
public record Argument(ArgumentType type, boolean steering) {}
