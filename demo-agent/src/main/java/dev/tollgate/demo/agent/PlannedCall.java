package dev.tollgate.demo.agent;

/**
 * A tool call that a scripted model makes.
 *
 * @param id what the model calls it
 * @param tool the tool's name
 * @param arguments the arguments, as the text a model writes
 */
public record PlannedCall(String id, String tool, String arguments) {}
