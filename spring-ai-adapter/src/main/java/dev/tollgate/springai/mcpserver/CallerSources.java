package dev.tollgate.springai.mcpserver;

import dev.tollgate.spring.CallerSource;
import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who says who calls; both give {@code null} where nobody does.
 *
 * @param reactive whether requests are served on threads that work for many, so that a thread which
 *     knows nobody says nothing about the request
 */
record CallerSources(
    Supplier<@Nullable CallerSource> thread,
    Supplier<@Nullable ReactiveCallerSource> stream,
    boolean reactive) {

  /** As this thread knows it, or else what the request took along to it, which may block. */
  Arrival onThread(@Nullable McpTransportContext transport) {
    Arrival here = Arrival.here(thread, transport);
    Mono<Caller> caller = Caller.current() == null ? RequestContext.caller(transport) : null;
    if (caller == null) {
      return served(here);
    }
    try {
      Caller known = caller.block();
      return known == null ? served(here) : here.by(known);
    } catch (RuntimeException e) {
      return here.unreadable(e);
    }
  }

  /** As the stream knows it that this thread works for; where it does not, as the thread does. */
  Mono<Arrival> inStream(@Nullable McpTransportContext transport) {
    Arrival here = Arrival.here(thread, transport);
    Arrival served = served(here);
    // What the application has opened comes first, as in a chat.
    ReactiveCallerSource source = Caller.current() == null ? stream.get() : null;
    return source == null
        ? Mono.just(served)
        : source
            .current()
            .map(here::by)
            .onErrorResume(Exception.class, e -> Mono.just(here.unreadable(e)))
            .defaultIfEmpty(served);
  }

  /** A request whose user is not known here is not the configured caller's. */
  private Arrival served(Arrival here) {
    boolean unknown =
        reactive && here.caller() == null && Caller.current() == null && stream.get() != null;
    return unknown ? here.ofNobody() : here;
  }
}
