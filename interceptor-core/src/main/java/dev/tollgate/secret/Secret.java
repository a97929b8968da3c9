package dev.tollgate.secret;

import java.util.Objects;
import java.util.function.Function;

/**
 * A token or password. It has no text form, no equality and no serial form; what it holds is
 * reached only with a {@link SecretAccess}. Thread-safe.
 */
public final class Secret {
  private final char[] value;
  private boolean wiped;

  private Secret(char[] value) {
    this.value = value;
  }

  public static Secret of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty secret");
    }
    return new Secret(value.toCharArray());
  }

  /**
   * Hands the secret to {@code use}, which must not keep it.
   *
   * @throws IllegalStateException after {@link #wipe()}
   */
  public <T> T reveal(SecretAccess access, Function<String, T> use) {
    Objects.requireNonNull(access);
    return use.apply(text());
  }

  /** Whole or not at all: a revocation may wipe it while a tool makes its request. */
  private synchronized String text() {
    if (wiped) {
      throw new IllegalStateException("this secret has ended");
    }
    return new String(value);
  }

  /** Ends the secret in this process. */
  public synchronized void wipe() {
    wiped = true;
    java.util.Arrays.fill(value, '\0');
  }
}
