package dev.tollgate.state;

/**
 * A key: tenants and rooms never share one.
 *
 * @param tenant whose state
 * @param room which part of the gate it belongs to, such as {@code budget}
 * @param id which one
 */
public record StateKey(String tenant, String room, String id) {}
