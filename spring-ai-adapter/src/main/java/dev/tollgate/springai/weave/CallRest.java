package dev.tollgate.springai.weave;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is left of a callback's call behind its join point; takes the arguments. */
public interface CallRest extends UnaryOperator<@Nullable String> {}
