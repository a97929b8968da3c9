/**
 * What a framework's adapter covers, as a run has found it: rows in a JSON file, and the page that
 * is made from them. The same form for every adapter.
 */
@NullMarked
package dev.tollgate.testkit.coverage;

import org.jspecify.annotations.NullMarked;
