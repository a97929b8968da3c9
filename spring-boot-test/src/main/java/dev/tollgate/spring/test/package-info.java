/** A test slice for applications: what the gate decided, and answers of the test's own. */
@NullMarked
package dev.tollgate.spring.test;

import org.jspecify.annotations.NullMarked;
