/** What aspects are tried on. */
@org.jspecify.annotations.NullMarked
package dev.tollgate.springai.woven;
