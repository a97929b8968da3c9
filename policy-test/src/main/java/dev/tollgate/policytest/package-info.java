/** Policy test cases as tests of a build. */
@NullMarked
package dev.tollgate.policytest;

import org.jspecify.annotations.NullMarked;
