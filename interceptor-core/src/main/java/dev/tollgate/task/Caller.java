package dev.tollgate.task;

import dev.tollgate.secret.Secret;
import io.opentelemetry.context.Scope;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf an agent works. A web filter or a job opens it around the agent's run; the
 * adapter makes a task of it when the user's message arrives.
 *
 * @param tenant the tenant, 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param subject the authenticated user
 * @param subjectToken the user's token, exchanged for call credentials; never handed to a tool
 */
public record Caller(String tenant, String subject, @Nullable Secret subjectToken) {
  private static final Ambient<Caller> AMBIENT = new Ambient<>("tollgate.caller");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Caller {
    if (!TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException(
          "a tenant is 1 to 64 of A-Z a-z 0-9 . _ - and starts with a letter or digit");
    }
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a caller needs a subject");
    }
  }

  public static Caller of(String tenant, String subject) {
    return new Caller(tenant, subject, null);
  }

  /** Makes this the caller of what this thread does until the scope is closed. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope open() {
    return AMBIENT.open(this);
  }

  /** The caller of what this thread does, if one is open. */
  public static @Nullable Caller current() {
    return AMBIENT.current();
  }
}
