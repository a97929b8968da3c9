package dev.tollgate.task;

/**
 * The turns that belong together.
 *
 * @param tenant the tenant it belongs to
 * @param id the framework's conversation id, or one the gate made
 */
public record Conversation(String tenant, String id) {}
