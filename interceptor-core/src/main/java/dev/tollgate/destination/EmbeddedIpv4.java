package dev.tollgate.destination;

import org.jspecify.annotations.Nullable;

/**
 * IPv6 addresses that stand for an IPv4 address, or reach one by a translator or a tunnel.
 *
 * @param four the IPv4 address; {@code null} if where it stands is the network's own choice
 * @param by how it is reached
 */
record EmbeddedIpv4(@Nullable Ip four, Way by) {
  /** How an IPv6 address reaches an IPv4 address. */
  enum Way {
    /** The same address to every operating system: {@code ::ffff:0:0/96}, RFC 4291 §2.5.5.2. */
    MAPPED,
    /** The well-known prefix of NAT64, {@code 64:ff9b::/96}, RFC 6052. */
    NAT64,
    /** A way that nobody should use any more, or only inside one network. */
    TUNNEL
  }

  private static final AddressBlock MAPPED = AddressBlock.known("::ffff:0:0/96");
  private static final AddressBlock NAT64 = AddressBlock.known("64:ff9b::/96");
  private static final AddressBlock LOCAL_NAT64 = AddressBlock.known("64:ff9b:1::/48");
  private static final AddressBlock COMPATIBLE = AddressBlock.known("::/96");
  private static final AddressBlock TRANSLATED = AddressBlock.known("::ffff:0:0:0/96");
  private static final AddressBlock SIX_TO_FOUR = AddressBlock.known("2002::/16");
  private static final AddressBlock TEREDO = AddressBlock.known("2001::/32");

  /** What an IPv6 address embeds; {@code null} if it embeds nothing. */
  static @Nullable EmbeddedIpv4 in(Ip six) {
    if (MAPPED.holds(six)) {
      return new EmbeddedIpv4(Ip.four(six.low()), Way.MAPPED);
    }
    if (NAT64.holds(six)) {
      return new EmbeddedIpv4(Ip.four(six.low()), Way.NAT64);
    }
    if (LOCAL_NAT64.holds(six)) { // RFC 8215
      return new EmbeddedIpv4(null, Way.TUNNEL);
    }
    // RFC 4291 §2.5.5.1, RFC 2765 §2.1; :: and ::1 are addresses of their own.
    boolean compatible = COMPATIBLE.holds(six) && six.low() >>> 1 != 0;
    if (compatible || TRANSLATED.holds(six)) {
      return new EmbeddedIpv4(Ip.four(six.low()), Way.TUNNEL);
    }
    if (SIX_TO_FOUR.holds(six)) { // RFC 3056 §2
      return new EmbeddedIpv4(Ip.four(six.high() >> 16), Way.TUNNEL);
    }
    if (TEREDO.holds(six)) { // RFC 4380 §4: the client's address with every bit turned
      return new EmbeddedIpv4(Ip.four(~six.low()), Way.TUNNEL);
    }
    return null;
  }

  /**
   * The address that a program connects to which is given this text. Translators and tunnels exist
   * on some networks and not on others, so that such a text names two places.
   */
  static Ip reached(Ip ip) throws UnreadableDestinationException {
    EmbeddedIpv4 embedded = ip.six() ? in(ip) : null;
    if (embedded == null) {
      return ip;
    }
    if (embedded.four == null || embedded.by != Way.MAPPED) {
      throw new UnreadableDestinationException(
          "an IPv6 address that may reach an IPv4 address by translation");
    }
    return embedded.four;
  }
}
