package dev.tollgate.langchain4j;

import dev.langchain4j.service.AiServiceContext;

/** LangChain4j's own context, for processes that switched the gate off. */
final class UnguardedAiServiceContext extends AiServiceContext {
  UnguardedAiServiceContext(Class<?> service) {
    super(service);
  }
}
