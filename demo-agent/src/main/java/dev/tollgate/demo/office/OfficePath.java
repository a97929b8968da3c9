package dev.tollgate.demo.office;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** A path of the office and the token it demands. A path that is not listed does not exist. */
record OfficePath(RequestMatcher requests, String audience, String scope) {
  private static final List<OfficePath> ALL =
      List.of(
          path(HttpMethod.GET, "/office/mail/inbox", "mail", "mail.read"),
          path(HttpMethod.POST, "/office/mail/messages", "mail", "mail.send"),
          path(HttpMethod.GET, "/office/files/{name}", "files", "files.read"),
          path(HttpMethod.PUT, "/office/files/{name}", "files", "files.write"),
          path(HttpMethod.GET, "/office/bank/transactions", "bank", "bank.read"),
          path(HttpMethod.POST, "/office/bank/payments", "bank", "bank.pay"));

  static Optional<OfficePath> of(HttpServletRequest request) {
    return ALL.stream().filter(path -> path.requests.matches(request)).findFirst();
  }

  private static OfficePath path(HttpMethod method, String pattern, String aud, String scope) {
    return new OfficePath(
        PathPatternRequestMatcher.withDefaults().matcher(method, pattern), aud, scope);
  }
}
