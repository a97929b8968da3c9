package dev.tollgate.demo.office;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a request in if its token is active, for this part of the office and for this path. */
final class BearerTokenFilter extends OncePerRequestFilter {
  private final TokenIntrospection introspection;
  private final OfficeAccessLog log;
  private final OfficeVisitor visitor;

  BearerTokenFilter(TokenIntrospection introspection, OfficeAccessLog log, OfficeVisitor visitor) {
    this.introspection = introspection;
    this.log = log;
    this.visitor = visitor;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    OfficePath path = OfficePath.of(request).orElse(null);
    TokenFacts facts = null;
    log.begin();
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try {
      if (path == null) {
        refuse(response, HttpServletResponse.SC_NOT_FOUND, "not_found");
      } else {
        facts = activeToken(path, request, response);
        if (facts != null && permits(path, facts, response)) {
          visitor.dropIn();
          chain.doFilter(request, response);
        }
      }
      status = response.getStatus();
    } finally {
      log.end(entry(request, path, facts, status));
    }
  }

  private @Nullable TokenFacts activeToken(
      OfficePath path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return challenge(response, HttpServletResponse.SC_UNAUTHORIZED, "missing_token", "Bearer");
    }
    Optional<TokenFacts> facts;
    try {
      facts = introspection.ask(path.audience(), BearerAccessToken.parse(header));
    } catch (ParseException e) {
      facts = Optional.empty();
    } catch (IOException e) {
      // Unknown is not permitted. 503 rather than 401: a new token would not help the caller.
      refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "introspection_unavailable");
      return null;
    }
    return facts.isPresent() ? facts.get() : invalidToken(response);
  }

  private static boolean permits(OfficePath path, TokenFacts facts, HttpServletResponse response)
      throws IOException {
    if (!facts.audiences().contains(path.audience())) {
      invalidToken(response);
      return false;
    }
    if (!facts.scopes().contains(path.scope())) {
      String demand = "Bearer error=\"insufficient_scope\", scope=\"" + path.scope() + "\"";
      challenge(response, HttpServletResponse.SC_FORBIDDEN, "insufficient_scope", demand);
      return false;
    }
    return true;
  }

  private static @Nullable TokenFacts invalidToken(HttpServletResponse response)
      throws IOException {
    return challenge(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "invalid_token",
        "Bearer error=\"invalid_token\"");
  }

  private static @Nullable TokenFacts challenge(
      HttpServletResponse response, int status, String error, String demand) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, demand);
    refuse(response, status, error);
    return null;
  }

  private static void refuse(HttpServletResponse response, int status, String error)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"" + error + "\"}");
  }

  private static OfficeAccessLog.Entry entry(
      HttpServletRequest request,
      @Nullable OfficePath path,
      @Nullable TokenFacts facts,
      int status) {
    return new OfficeAccessLog.Entry(
        request.getMethod(),
        request.getRequestURI(),
        path == null ? null : path.audience(),
        path == null ? null : path.scope(),
        facts == null ? null : facts.jti(),
        facts == null ? null : facts.actor(),
        status);
  }
}
