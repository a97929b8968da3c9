/** The gate in a Spring Boot application: its bean, and what hands it to a framework. */
@NullMarked
package dev.tollgate.spring;

import org.jspecify.annotations.NullMarked;
