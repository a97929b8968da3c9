/** What the demo plays, and how it should end. */
@NullMarked
package dev.tollgate.demo.scenario;

import org.jspecify.annotations.NullMarked;
