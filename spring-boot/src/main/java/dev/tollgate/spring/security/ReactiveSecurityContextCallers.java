package dev.tollgate.spring.security;

import dev.tollgate.spring.ReactiveCallerSource;
import dev.tollgate.task.Caller;
import dev.tollgate.task.NotSignedInException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Whoever is signed in where a stream is subscribed to; see {@link SecurityContextCallers}. */
final class ReactiveSecurityContextCallers implements ReactiveCallerSource {
  private static final String EXCHANGE = "org.springframework.web.server.ServerWebExchange";
  private final SignedInCallers callers;

  ReactiveSecurityContextCallers(SignedInCallers callers) {
    this.callers = callers;
  }

  @Override
  public Mono<Caller> current() {
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .map(callers::of)
        .switchIfEmpty(Mono.deferContextual(ReactiveSecurityContextCallers::nobody));
  }

  private static Mono<Caller> nobody(ContextView context) {
    return inRequest(context)
        ? Mono.error(new NotSignedInException("a request is under way, and nobody is signed in"))
        : Mono.empty();
  }

  /** Spring Security's web filters leave the exchange there, under its class. */
  private static boolean inRequest(ContextView context) {
    return context.stream()
        .anyMatch(
            entry -> entry.getKey() instanceof Class<?> key && key.getName().equals(EXCHANGE));
  }
}
