package dev.tollgate.springai.weave;

import java.util.function.BiFunction;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolExecutionResult;

/** What is left of a manager's turn behind its join point. */
public interface TurnRest extends BiFunction<Prompt, ChatResponse, ToolExecutionResult> {}
