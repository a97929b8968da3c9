package dev.tollgate.demo.replay;

/**
 * One recorded call.
 *
 * @param turn steps of one turn were proposed together
 * @param tool the tool's name
 * @param arguments the arguments, as JSON
 * @param result what the tool returned then
 */
public record RecordedStep(int turn, String tool, String arguments, String result) {}
