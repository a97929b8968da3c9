package dev.tollgate.langchain4j;

import dev.langchain4j.service.tool.ToolExecutor;

/** An executor that asks the gate, and is never asked to a second time. */
sealed interface GatedExecutor extends ToolExecutor
    permits GuardedToolExecutor, UnknownToolExecutor {}
