package dev.tollgate.destination;

import dev.tollgate.reason.ReasonCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks before it connects, inside a call. It travels in the OpenTelemetry {@link
 * Context}, so it is lost where a pool does not carry that: a client that finds a task and no check
 * must not connect. Thread-safe.
 */
public abstract class ConnectionCheck {
  private static final ContextKey<ConnectionCheck> KEY =
      ContextKey.named("tollgate.call.connections");

  /** The check of the call that runs here; empty outside a call. */
  public static Optional<ConnectionCheck> current() {
    return Optional.ofNullable(Context.current().get(KEY));
  }

  /**
   * Asks before one connection, or one request over a connection that was kept. It is on record
   * when this returns.
   *
   * @param host the canonical host, with its port unless it is the scheme's own
   * @param address the one address that will be connected to
   * @param redirects how many redirects led here
   * @throws ConnectionRefusedException unless the policy permits exactly this
   */
  public abstract void ask(String host, InetAddress address, int redirects)
      throws ConnectionRefusedException;

  /**
   * Puts on record what the client itself refused.
   *
   * @param address {@code null} if it did not get as far as that
   */
  public abstract void refused(
      String host, @Nullable InetAddress address, int redirects, ReasonCode reason);

  /** Whether the call has ended: then who kept its context is outside of it. */
  public boolean ended() {
    return false;
  }

  /** Makes this the check of what runs on this thread, until the scope is closed. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public final Scope open() {
    return Context.current().with(KEY, this).makeCurrent();
  }
}
