package dev.tollgate.langchain4j;

import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.spi.services.AiServiceContextFactory;

/** How LangChain4j finds the adapter. Not for applications. */
public final class GuardedContextFactory implements AiServiceContextFactory {

  @Override
  public AiServiceContext create(Class<?> aiServiceClass) {
    return aiServiceClass == CoverageProbe.Probe.class
        ? TollgateLangChain4j.probeContext()
        : TollgateLangChain4j.contextFor(aiServiceClass);
  }
}
