package dev.tollgate.langchain4j;

import dev.langchain4j.observability.api.listener.AiServiceStartedListener;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.ToolService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An AI service whose tools run behind the gate and whose user's words are captured. */
final class GuardedAiServiceContext extends AiServiceContext {
  private static final Logger log = LoggerFactory.getLogger(TollgateLangChain4j.class);

  GuardedAiServiceContext(Class<?> service, Supplier<@Nullable Installation> installation) {
    super(service);
    GuardedToolService guarded = new GuardedToolService(installation);
    this.toolService = guarded;
    AiServiceStartedListener first = event -> putBack(guarded);
    eventListenerRegistrar.register(first);
    new TaskCapture(this, installation).listenTo(eventListenerRegistrar);
  }

  /** Anybody may write the field. The framework reads it after it has said that a call begins. */
  @SuppressWarnings("ReferenceEquality") // this very one
  private void putBack(ToolService guarded) {
    if (toolService != guarded) {
      log.error(
          "the tool service of {} was replaced and is put back; tools that were registered with"
              + " another one are unknown",
          aiServiceClass.getName());
      toolService = guarded;
    }
  }
}
