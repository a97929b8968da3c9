package dev.tollgate.credential;

import dev.tollgate.secret.SecretAccess;
import dev.tollgate.task.Ambient;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The credential of the call that runs here. Outside a call there is none, and after the call it
 * has ended.
 */
public final class CallCredential {
  private static final Ambient<Place> AMBIENT = new Ambient<>("tollgate.call.credential");
  private final IssuedCredential credential;
  private final URI origin;
  private volatile boolean ended;

  CallCredential(IssuedCredential credential, URI origin) {
    this.credential = credential;
    this.origin = origin;
  }

  /** The credential of the current call. */
  public static Optional<CallCredential> current() {
    Place here = AMBIENT.current();
    return here == null
        ? Optional.empty()
        : Optional.ofNullable(here.credential).filter(credential -> !credential.ended);
  }

  /** Whether the credential was issued for the target's scheme, host and port, and for no other. */
  public boolean isFor(URI target) {
    return target.getUserInfo() == null
        && origin.getScheme().equalsIgnoreCase(target.getScheme())
        && target.getHost() != null
        && host(origin).equals(host(target))
        && port(origin) == port(target);
  }

  public String audience() {
    return credential.audience();
  }

  public Set<String> scopes() {
    return credential.scopes();
  }

  /**
   * Hands the bearer token to {@code use}, for one request to {@code target}.
   *
   * @throws IllegalStateException if the target is not the one it was issued for, or the call has
   *     ended
   */
  public <T> T bearer(SecretAccess access, URI target, Function<String, T> use) {
    if (ended) {
      throw new IllegalStateException("the call that this credential was for has ended");
    }
    if (!isFor(target)) {
      throw new IllegalStateException("this credential is for " + origin + " only");
    }
    return credential.token().reveal(access, use);
  }

  /** Hides the credential of a call from calls inside it: it was issued for the outer one only. */
  static Scope none() {
    return AMBIENT.current() == null ? Scope.noop() : AMBIENT.open(new Place(null));
  }

  Scope open() {
    return AMBIENT.open(new Place(this));
  }

  /** What a place has, or that it has none although one further out does. */
  private record Place(@Nullable CallCredential credential) {}

  void end() {
    ended = true;
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
