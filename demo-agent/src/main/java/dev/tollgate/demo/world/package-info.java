/** What surrounds a gate of the demo: its folder, its policies, its manifest. */
@NullMarked
package dev.tollgate.demo.world;

import org.jspecify.annotations.NullMarked;
