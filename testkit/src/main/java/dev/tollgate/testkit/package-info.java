/**
 * Contract tests that every implementation of an SPI must pass, and fixtures for tests around a
 * gate.
 */
@NullMarked
package dev.tollgate.testkit;

import org.jspecify.annotations.NullMarked;
