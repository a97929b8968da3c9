package dev.tollgate.tool;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The credential that one call of a tool needs.
 *
 * @param audience the one resource server it is for
 * @param scopes the smallest scopes that do
 * @param origin scheme, host and port it may be sent to, and no other; plain http only on this
 *     machine
 * @param lifetime how long it may live at most, 1 s to 1 h
 */
public record CredentialNeed(String audience, Set<String> scopes, URI origin, Duration lifetime) {
  /** 60 seconds. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofSeconds(60);

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  public CredentialNeed {
    scopes = Set.copyOf(scopes);
    if (audience.isBlank()) {
      throw new IllegalArgumentException("a credential needs an audience");
    }
    // More than an origin would look like a limit on paths, and not be one.
    if (origin.getHost() == null
        || !List.of("http", "https").contains(String.valueOf(origin.getScheme()))
        || origin.getRawUserInfo() != null
        || origin.getRawQuery() != null
        || origin.getRawFragment() != null
        || !List.of("", "/").contains(String.valueOf(origin.getRawPath()))) {
      throw new IllegalArgumentException(
          "a credential's origin must be http(s)://host[:port], not " + origin);
    }
    if (origin.getScheme().equals("http") && !LOOPBACK.matcher(origin.getHost()).matches()) {
      throw new IllegalArgumentException(
          "a credential is sent over https, or to this machine, not to " + origin);
    }
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0
        || lifetime.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a credential lives 1 s to 1 h, not " + lifetime);
    }
  }

  /** The same need with a shorter life, if {@code cap} is shorter. */
  public CredentialNeed capped(Duration cap) {
    return cap.compareTo(lifetime) < 0 ? new CredentialNeed(audience, scopes, origin, cap) : this;
  }

  /** The same need without the scopes that are not among these. */
  public CredentialNeed within(Set<String> allowed) {
    return allowed.containsAll(scopes)
        ? this
        : new CredentialNeed(
            audience,
            scopes.stream().filter(allowed::contains).collect(Collectors.toUnmodifiableSet()),
            origin,
            lifetime);
  }
}
