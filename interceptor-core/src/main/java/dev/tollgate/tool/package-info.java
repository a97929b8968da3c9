/**
 * Tools as the gate knows them: what the framework registered, and what the manifest says it does.
 */
@NullMarked
package dev.tollgate.tool;

import org.jspecify.annotations.NullMarked;
