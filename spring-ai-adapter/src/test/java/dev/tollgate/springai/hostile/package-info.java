/** Attackers: what a model, a tool, a server or careless code can try. */
@org.jspecify.annotations.NullMarked
package dev.tollgate.springai.hostile;
