/** Scores a policy set on recorded traces, benign and under attack. */
@NullMarked
package dev.tollgate.demo.evaluate;

import org.jspecify.annotations.NullMarked;
