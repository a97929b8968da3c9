package dev.tollgate.demo.idp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands before the token endpoint and plays the fault that is switched on. */
final class TokenFaultFilter extends OncePerRequestFilter {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String SCOPE = "scope";
  private static final String AUDIENCE = "audience";

  private final IdpFaults faults;

  TokenFaultFilter(IdpFaults faults) {
    this.faults = faults;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // Where an agent asks for a token of its own, nothing is widened: that would be another fault.
    boolean exchange = EXCHANGE.equals(request.getParameter("grant_type"));
    switch (faults.mode()) {
      case NONE, LONG_LIVED, NO_ACTOR, WRONG_ACTOR -> chain.doFilter(request, response);
      case DOWN -> response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      case EMPTY -> response.setStatus(HttpServletResponse.SC_OK);
      case HTML -> {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("<!doctype html><title>Sign in</title><p>Please sign in.</p>");
      }
      case SLOW -> {
        pause();
        chain.doFilter(request, response);
      }
      // The request is widened, not the answer: the token, its introspection and the answer agree.
      case WIDER_SCOPE -> chain.doFilter(exchange ? withMoreScope(request) : request, response);
      case WIDER_AUDIENCE ->
          chain.doFilter(exchange ? withMoreAudience(request) : request, response);
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(faults.delay().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while slow", e);
    }
  }

  private static HttpServletRequest withMoreScope(HttpServletRequest request) {
    String scope = request.getParameter(SCOPE);
    List<String> asked = scope == null ? List.of() : List.of(scope.split(" "));
    String more = asked.contains("bank.pay") ? "mail.send" : "bank.pay";
    String wider = String.join(" ", Stream.concat(asked.stream(), Stream.of(more)).toList());
    return new ChangedParameter(request, SCOPE, wider);
  }

  private static HttpServletRequest withMoreAudience(HttpServletRequest request) {
    String[] values = request.getParameterValues(AUDIENCE);
    List<String> asked = values == null ? List.of() : Arrays.asList(values);
    String more = asked.contains("bank") ? "mail" : "bank";
    String[] wider = Stream.concat(asked.stream(), Stream.of(more)).toArray(String[]::new);
    return new ChangedParameter(request, AUDIENCE, wider);
  }
}
