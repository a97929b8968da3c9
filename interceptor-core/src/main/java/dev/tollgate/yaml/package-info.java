/** YAML files that name the line of every complaint. */
@NullMarked
package dev.tollgate.yaml;

import org.jspecify.annotations.NullMarked;
