package dev.tollgate.destination;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The bits of an IP address.
 *
 * @param six whether it is IPv6; else only the lower 32 bits of {@code low} count
 */
record Ip(boolean six, long high, long low) implements Host {
  static final int BITS_4 = 32;
  static final int BITS_6 = 128;

  static Ip four(long bits) {
    return new Ip(false, 0, bits & 0xffff_ffffL);
  }

  static Ip of(InetAddress address) {
    byte[] bytes = address.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? four(buffer.getInt())
        : new Ip(true, buffer.getLong(), buffer.getLong());
  }

  int bits() {
    return six ? BITS_6 : BITS_4;
  }

  /** Whether the first bits of both are equal, and both are of one kind. */
  boolean shares(Ip other, int prefix) {
    if (six != other.six) {
      return false;
    }
    if (!six) {
      return top(low << 32, prefix) == top(other.low << 32, prefix);
    }
    return top(high, Math.min(prefix, 64)) == top(other.high, Math.min(prefix, 64))
        && top(low, Math.max(prefix - 64, 0)) == top(other.low, Math.max(prefix - 64, 0));
  }

  private static long top(long bits, int prefix) {
    return prefix == 0 ? 0 : bits >>> (64 - prefix);
  }

  /** The address with all bits behind the prefix cleared. */
  Ip masked(int prefix) {
    if (!six) {
      return four(low & keep(prefix + 32));
    }
    return new Ip(true, high & keep(Math.min(prefix, 64)), low & keep(Math.max(prefix - 64, 0)));
  }

  private static long keep(int prefix) {
    return prefix == 0 ? 0 : -1L << (64 - prefix);
  }

  /** Dotted, or in brackets as RFC 5952 writes it. */
  @Override
  public String text() {
    return six ? "[" + Ipv6Text.format(this) + "]" : Ipv4Text.format(low);
  }
}
