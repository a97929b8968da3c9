/** Applications as they are shipped: in one jar, woven at load time or when they are built. */
@org.jspecify.annotations.NullMarked
package dev.tollgate.springai.packed;
