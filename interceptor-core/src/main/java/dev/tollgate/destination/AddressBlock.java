package dev.tollgate.destination;

/**
 * A range of addresses that share their first bits.
 *
 * @param first the lowest address
 * @param prefix how many bits they share
 */
record AddressBlock(Ip first, int prefix) {

  boolean holds(Ip ip) {
    return first.shares(ip, prefix);
  }

  /** A single address. */
  static AddressBlock only(Ip ip) {
    return new AddressBlock(ip, ip.bits());
  }

  /**
   * Reads {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException for anything else, also for bits behind the prefix
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String prefix = text.substring(slash + 1);
    if (slash < 0 || !prefix.matches("0|[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("'" + text + "' is no address range such as 10.0.0.0/8");
    }
    Ip first = address(text.substring(0, slash));
    int bits = Integer.parseInt(prefix);
    if (bits > first.bits()) {
      throw new IllegalArgumentException("'" + text + "' has a prefix above " + first.bits());
    }
    if (!first.masked(bits).equals(first)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' has bits behind its prefix; the range begins at "
              + first.masked(bits).text());
    }
    return new AddressBlock(first, bits);
  }

  /** A block of this package's own tables. */
  static AddressBlock known(String text) {
    return text.indexOf('/') < 0 ? only(address(text)) : parse(text);
  }

  private static Ip address(String text) {
    try {
      if (text.indexOf(':') >= 0) {
        return Ipv6Text.parse(text);
      }
      Ip four = Ipv4Text.parse(text);
      if (four.text().equals(text)) {
        return four;
      }
      throw new IllegalArgumentException("'" + text + "' is short for " + four.text());
    } catch (UnreadableDestinationException e) {
      throw new IllegalArgumentException("'" + text + "' " + e.getMessage(), e);
    }
  }
}
