/**
 * Tools for those who write policies: what is wrong with them, their test cases, and replay of
 * recorded questions. What they claim of a policy is proven or not claimed.
 */
@NullMarked
package dev.tollgate.cedar.author;

import org.jspecify.annotations.NullMarked;
