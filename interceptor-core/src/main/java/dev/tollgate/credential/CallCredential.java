package dev.tollgate.credential;

import dev.tollgate.secret.SecretAccess;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
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
  private static final ContextKey<Held> KEY = ContextKey.named("tollgate.call.credential");

  // Wins over a context from further out: tracing bridges put contexts back that are older than the
  // call. Not over another call's, whose work this thread may do in between.
  private static final ThreadLocal<@Nullable Held> HERE = new ThreadLocal<>();
  private final IssuedCredential credential;
  private final URI origin;
  private volatile boolean ended;

  CallCredential(IssuedCredential credential, URI origin) {
    this.credential = credential;
    this.origin = origin;
  }

  /** The credential of the current call. */
  public static Optional<CallCredential> current() {
    Held held = held();
    return held == null
        ? Optional.empty()
        : Optional.ofNullable(held.credential).filter(credential -> !credential.ended);
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
    return held() == null ? Scope.noop() : put(new Held(null, held()));
  }

  Scope open() {
    return put(new Held(this, held()));
  }

  /** What a place has, or that it has none although one further out does. */
  private record Held(@Nullable CallCredential credential, @Nullable Held outer) {
    @SuppressWarnings("ReferenceEquality") // the very place
    boolean within(@Nullable Held other) {
      for (Held at = this; at != null; at = at.outer) {
        if (at == other) {
          return true;
        }
      }
      return other == null;
    }
  }

  private static @Nullable Held held() {
    Held here = HERE.get();
    Held carried = Context.current().get(KEY);
    return here != null && here.within(carried) ? here : carried;
  }

  @SuppressWarnings({"MustBeClosedChecker", "ReferenceEquality"}) // closed by what is returned
  private static Scope put(Held held) {
    Scope context = Context.current().with(KEY, held).makeCurrent();
    Held before = HERE.get();
    HERE.set(held);
    return () -> {
      if (HERE.get() == held) { // not on another thread, nor twice: that would be another call's
        restore(before);
      }
      context.close();
    };
  }

  private static void restore(@Nullable Held before) {
    if (before == null) {
      HERE.remove();
    } else {
      HERE.set(before);
    }
  }

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
