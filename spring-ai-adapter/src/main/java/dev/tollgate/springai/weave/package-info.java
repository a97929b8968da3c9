/**
 * The fourth layer: aspects for the paths that no bean of the container is on. In force only where
 * AspectJ weaves them, by {@code -javaagent} or at compile time.
 */
@NullMarked
package dev.tollgate.springai.weave;

import org.jspecify.annotations.NullMarked;
