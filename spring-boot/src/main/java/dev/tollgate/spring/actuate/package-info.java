/** What operators see and do: the actuator endpoint, the gate's health and its metrics. */
@NullMarked
package dev.tollgate.spring.actuate;

import org.jspecify.annotations.NullMarked;
