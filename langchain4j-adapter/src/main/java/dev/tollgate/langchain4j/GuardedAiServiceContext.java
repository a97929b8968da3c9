package dev.tollgate.langchain4j;

import dev.langchain4j.service.AiServiceContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An AI service whose tools run behind the gate and whose user's words are captured. */
final class GuardedAiServiceContext extends AiServiceContext {

  GuardedAiServiceContext(Class<?> service, Supplier<@Nullable Installation> installation) {
    super(service);
    this.toolService = new GuardedToolService(installation);
    new TaskCapture(this, installation).listenTo(eventListenerRegistrar);
  }
}
