package dev.tollgate.tool;

import org.jspecify.annotations.Nullable;

/**
 * An argument that policies may read.
 *
 * @param type its type
 * @param steering whether its value decides whom or what the effect hits: a payee, an address, a
 *     path, an amount
 * @param spends the amount that a call draws its value from, such as {@code eur}; {@code null} if
 *     it spends nothing. Only numbers spend
 * @param destination whether it names where the effect goes: an address, a host, a mailbox, or
 *     several
 */
public record Argument(
    ArgumentType type, boolean steering, @Nullable String spends, boolean destination) {
  public Argument {
    if (spends != null) {
      if (!spends.matches("[a-z][a-z0-9_-]{0,31}")) {
        throw new IllegalArgumentException(
            "an amount is named with 1 to 32 of a-z 0-9 _ - and starts with a letter, not '"
                + spends
                + "'");
      }
      if (type != ArgumentType.INTEGER && type != ArgumentType.DECIMAL) {
        throw new IllegalArgumentException("only an integer or a decimal can spend an amount");
      }
    }
    if (destination && type != ArgumentType.STRING && type != ArgumentType.STRINGS) {
      throw new IllegalArgumentException("only a string or strings can name a destination");
    }
  }

  /** An argument that names no destination. */
  public Argument(ArgumentType type, boolean steering, @Nullable String spends) {
    this(type, steering, spends, false);
  }

  /** An argument that spends nothing. */
  public Argument(ArgumentType type, boolean steering) {
    this(type, steering, null);
  }
}
