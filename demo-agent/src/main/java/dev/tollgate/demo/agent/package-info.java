/** The agents: loops of both frameworks, their tools and their models. */
@NullMarked
package dev.tollgate.demo.agent;

import org.jspecify.annotations.NullMarked;
