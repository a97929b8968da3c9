package dev.tollgate.http;

import dev.tollgate.destination.ConnectionRefusedException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Puts a {@link GuardedHttpClient} together. What is not permitted here is refused. */
public final class GuardedHttpClientBuilder {
  private final Set<String> hosts = new HashSet<>();
  private final Set<InetAddress> single = new HashSet<>();
  private final Set<String> ranges = new HashSet<>();
  private NameResolver resolver = NameResolver.SYSTEM;
  private @Nullable SSLContext tls;
  private Duration connect = Duration.ofSeconds(5);
  private Duration response = Duration.ofSeconds(30);
  private boolean onlyInsideCalls;

  GuardedHttpClientBuilder() {}

  /**
   * Permits a host whose addresses are loopback, private, shared or unique local. Not those below
   * it.
   *
   * @param host such as {@code vault.corp.example}, for every port, or {@code 127.0.0.1:8080}
   * @throws IllegalArgumentException if it is no host
   */
  public GuardedHttpClientBuilder permit(String host) {
    try {
      URI url = URI.create("https://" + host + "/");
      if (!host.equals(url.getRawAuthority())) {
        throw new IllegalArgumentException("'" + host + "' is no host");
      }
      Target target = Target.of(url);
      boolean everyPort = !host.matches(".*:[0-9]+");
      hosts.add(everyPort ? target.host() : target.host() + ":" + target.port());
      return this;
    } catch (ConnectionRefusedException e) {
      throw new IllegalArgumentException("'" + host + "' is no host", e);
    }
  }

  /**
   * Permits addresses, whichever name leads to them. A metadata service is permitted only by its
   * own address.
   *
   * @param range such as {@code 10.1.0.0/16}, {@code fd00:1::/32} or {@code 169.254.169.254}
   * @throws IllegalArgumentException if it is no range of addresses
   */
  public GuardedHttpClientBuilder permitRange(String range) {
    if (range.indexOf('/') >= 0) {
      new PermittedAddresses(Set.of(), Set.of(), Set.of(range)); // says what is wrong with it
      ranges.add(range);
    } else {
      single.add(address(range));
    }
    return this;
  }

  /** Where addresses of names come from; the system's resolver if it is left out. */
  public GuardedHttpClientBuilder resolver(NameResolver value) {
    this.resolver = value;
    return this;
  }

  /** Whom TLS trusts, and with which keys; the JDK's trust store if it is left out. */
  public GuardedHttpClientBuilder tls(SSLContext value) {
    this.tls = value;
    return this;
  }

  /** How long a connect may take; 5 s if it is left out. */
  public GuardedHttpClientBuilder connectTimeout(Duration value) {
    this.connect = positive(value);
    return this;
  }

  /** How long the next bytes of a response may take; 30 s if it is left out. */
  public GuardedHttpClientBuilder responseTimeout(Duration value) {
    this.response = positive(value);
    return this;
  }

  /**
   * Refuses every request outside a call: also on a thread that has lost its call's context, which
   * the client cannot tell from one that never had a call.
   */
  public GuardedHttpClientBuilder onlyInsideCalls() {
    this.onlyInsideCalls = true;
    return this;
  }

  public GuardedHttpClient build() {
    RequestConfig defaults =
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(response))
            .setConnectionRequestTimeout(Timeout.of(connect))
            .build();
    return new GuardedHttpClient(
        new PinnedClient(tls == null ? SSLContexts.createDefault() : tls, connect),
        resolver,
        new PermittedAddresses(hosts, single, ranges),
        defaults,
        onlyInsideCalls);
  }

  private static InetAddress address(String text) {
    boolean six = text.indexOf(':') >= 0 && !text.startsWith("[");
    try {
      String literal =
          Target.of(URI.create("https://" + (six ? "[" + text + "]" : text) + "/")).literal();
      if (literal != null && (literal.indexOf(':') >= 0 || literal.equals(text))) {
        return InetAddress.getByName(literal);
      }
      throw new IllegalArgumentException("'" + text + "' is no address and no range");
    } catch (ConnectionRefusedException | UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is no address and no range", e);
    }
  }

  private static Duration positive(Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("a time-out is longer than nothing");
    }
    return value;
  }
}
