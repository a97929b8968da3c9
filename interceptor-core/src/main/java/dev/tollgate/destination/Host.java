package dev.tollgate.destination;

/** One place on a network. */
sealed interface Host permits Domain, Ip {
  /** Its canonical text. */
  String text();

  /** Reads a host without port; an IPv6 address stands in brackets. */
  static Host read(String text) throws UnreadableDestinationException {
    if (text.startsWith("[") && text.endsWith("]")) {
      return EmbeddedIpv4.reached(Ipv6Text.parse(text.substring(1, text.length() - 1)));
    }
    String absolute = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String last = absolute.substring(absolute.lastIndexOf('.') + 1);
    return Ipv4Text.looksLikeNumber(last) ? Ipv4Text.parse(absolute) : Domain.read(absolute);
  }
}
