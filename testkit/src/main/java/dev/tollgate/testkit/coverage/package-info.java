/**
 * What a framework's adapter covers: a gate for trials of its paths, what is to come of them, rows
 * in a JSON file, and the page that is made from them. The same for every adapter.
 */
@NullMarked
package dev.tollgate.testkit.coverage;

import org.jspecify.annotations.NullMarked;
