package dev.tollgate.demo.replay;

import java.util.function.UnaryOperator;

/**
 * A tool that is made of data: for replay.
 *
 * @param name its name
 * @param description what a model would be told
 * @param schema the JSON Schema of its arguments
 * @param body from the arguments to the result
 */
record RecordedTool(String name, String description, String schema, UnaryOperator<String> body) {}
