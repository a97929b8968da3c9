package dev.tollgate.spring;

import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import reactor.core.publisher.Mono;

/**
 * On whose behalf a stream works, as the runtime authenticated it; empty if it did not. Read from
 * the Reactor context of whoever subscribes.
 */
@FunctionalInterface
public interface ReactiveCallerSource {
  /**
   * Ends with {@link NotSignedInException} where a request is under way and nobody is signed in.
   */
  Mono<Caller> current();
}
