package dev.tollgate.credential;

import dev.tollgate.GateClock;
import dev.tollgate.secret.Secret;
import dev.tollgate.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials that were issued for calls and may still be alive, as digests: nobody approves or
 * revokes anything with one of them. Thread-safe.
 */
public final class IssuedTokens {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final int SWEPT_ABOVE = 1024;
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final GateClock clock;

  public IssuedTokens(GateClock clock) {
    this.clock = clock;
  }

  void add(IssuedCredential credential) {
    if (ends.size() > SWEPT_ABOVE) {
      Instant now = clock.now();
      ends.values().removeIf(now::isAfter);
    }
    ends.put(digest(credential.token()), credential.expiresAt().plus(GRACE));
  }

  /** Whether the gate got this credential for a call. */
  public boolean contains(Secret token) {
    return ends.containsKey(digest(token));
  }

  private static String digest(Secret token) {
    return token.reveal(
        SecretAccess.granted(),
        text -> {
          try {
            return HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8)));
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
          }
        });
  }
}
