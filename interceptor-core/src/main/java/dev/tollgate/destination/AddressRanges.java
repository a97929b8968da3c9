package dev.tollgate.destination;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * What an address is for, by the special-purpose registries of IANA (RFC 6890, RFC 8190) and the
 * published addresses of cloud metadata services. An IPv6 address that embeds an IPv4 address is
 * what the IPv4 address is, if that is not public: mapped, compatible, NAT64, 6to4 and Teredo.
 *
 * <p>What is not known to be public is not: IPv6 outside {@code 2000::/3} (RFC 4291 §2.4) is {@link
 * Range#RESERVED}. A NAT64 prefix that a network chose for itself looks like any public address; on
 * such a network the addresses behind it cannot be told apart here. Thread-safe.
 */
public final class AddressRanges {
  /** What an address is for. Only {@link #PUBLIC} ones are for anybody on the internet. */
  public enum Range {
    /** Anybody's, as far as the registries say. */
    PUBLIC,
    /**
     * Of this host on this network, {@code 0.0.0.0/8}, {@code ::}; many systems connect to self.
     */
    UNSPECIFIED,
    /** This host: {@code 127.0.0.0/8}, {@code ::1} (RFC 1122, RFC 4291). */
    LOOPBACK,
    /** This link: {@code 169.254.0.0/16}, {@code fe80::/10} (RFC 3927, RFC 4291). */
    LINK_LOCAL,
    /** Private use: RFC 1918, and the abandoned {@code fec0::/10} (RFC 3879). */
    PRIVATE,
    /** Between a provider and its customers: {@code 100.64.0.0/10} (RFC 6598). */
    SHARED,
    /** Unique local: {@code fc00::/7} (RFC 4193). */
    UNIQUE_LOCAL,
    /** Where clouds give out credentials and configuration of the machine. */
    METADATA,
    /** Groups: {@code 224.0.0.0/4}, {@code ff00::/8} (RFC 5771, RFC 4291). */
    MULTICAST,
    /** Everybody on the link: {@code 255.255.255.255} (RFC 919). */
    BROADCAST,
    /** Examples in texts (RFC 5737, RFC 3849, RFC 6676, RFC 9637). */
    DOCUMENTATION,
    /** Measurements of devices (RFC 2544, RFC 5180). */
    BENCHMARKING,
    /** Public by its IPv4 address, but reached by a tunnel that nobody should use any more. */
    TRANSLATED,
    /** Nobody's yet, or for protocols only. */
    RESERVED;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Its name in settings and records, such as {@code link-local}. */
    public String text() {
      return text;
    }
  }

  private record Block(AddressBlock addresses, Range range) {}

  /** The first that holds an address decides. */
  private static final List<Block> BLOCKS =
      List.of(
          block("169.254.169.254", Range.METADATA), // AWS, Azure, Google, Oracle and others
          block("169.254.169.253", Range.METADATA), // AWS name server
          block("169.254.170.2", Range.METADATA), // AWS container credentials
          block("169.254.170.23", Range.METADATA), // AWS pod identity
          block("169.254.0.23", Range.METADATA), // Tencent
          block("100.100.100.200", Range.METADATA), // Alibaba
          block("192.0.0.192", Range.METADATA), // Oracle
          block("168.63.129.16", Range.METADATA), // Azure wire server, in public space
          block("fd00:ec2::254", Range.METADATA), // AWS
          block("fd00:ec2::253", Range.METADATA),
          block("fd00:ec2::23", Range.METADATA),
          block("fd20:ce::254", Range.METADATA), // Google
          block("0.0.0.0/8", Range.UNSPECIFIED),
          block("10.0.0.0/8", Range.PRIVATE),
          block("100.64.0.0/10", Range.SHARED),
          block("127.0.0.0/8", Range.LOOPBACK),
          block("169.254.0.0/16", Range.LINK_LOCAL),
          block("172.16.0.0/12", Range.PRIVATE),
          block("192.0.0.0/24", Range.RESERVED), // RFC 6890 §2.1
          block("192.0.2.0/24", Range.DOCUMENTATION),
          block("192.88.99.0/24", Range.RESERVED), // RFC 7526
          block("192.168.0.0/16", Range.PRIVATE),
          block("198.18.0.0/15", Range.BENCHMARKING),
          block("198.51.100.0/24", Range.DOCUMENTATION),
          block("203.0.113.0/24", Range.DOCUMENTATION),
          block("233.252.0.0/24", Range.DOCUMENTATION),
          block("224.0.0.0/4", Range.MULTICAST),
          block("255.255.255.255", Range.BROADCAST),
          block("240.0.0.0/4", Range.RESERVED), // RFC 1112 §4
          block("0.0.0.0/0", Range.PUBLIC),
          block("::", Range.UNSPECIFIED),
          block("::1", Range.LOOPBACK),
          block("fe80::/10", Range.LINK_LOCAL),
          block("fec0::/10", Range.PRIVATE),
          block("fc00::/7", Range.UNIQUE_LOCAL),
          block("ff00::/8", Range.MULTICAST),
          block("2001:2::/48", Range.BENCHMARKING),
          block("2001:db8::/32", Range.DOCUMENTATION),
          block("3fff::/20", Range.DOCUMENTATION),
          block("2001::/23", Range.RESERVED), // RFC 2928, ORCHID of RFC 4843 and RFC 7343
          block("2000::/3", Range.PUBLIC));

  private AddressRanges() {}

  /** What an address is for. */
  public static Range of(InetAddress address) {
    return of(Ip.of(address));
  }

  static Range of(Ip ip) {
    EmbeddedIpv4 embedded = ip.six() ? EmbeddedIpv4.in(ip) : null;
    if (embedded != null) {
      Range range = embedded.four() == null ? Range.TRANSLATED : of(embedded.four());
      boolean tunnel = embedded.by() == EmbeddedIpv4.Way.TUNNEL;
      return range == Range.PUBLIC && tunnel ? Range.TRANSLATED : range;
    }
    for (Block block : BLOCKS) {
      if (block.addresses().holds(ip)) {
        return block.range();
      }
    }
    return Range.RESERVED;
  }

  private static Block block(String text, Range range) {
    return new Block(AddressBlock.known(text), range);
  }
}
