package dev.tollgate.springai.weave;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;

/** What is left of a callback's call behind its join point; takes the arguments. */
public interface CallRest
    extends BiFunction<@Nullable String, @Nullable ToolContext, @Nullable String> {}
