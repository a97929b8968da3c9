package dev.tollgate.destination;

import java.util.Set;

/**
 * A host and a port.
 *
 * @param port {@link #USUAL} if it is the scheme's own or none is named
 */
record Authority(Host host, int port) {
  static final int USUAL = -1;

  /** Names before a colon that a browser takes for a scheme, and another program for a host. */
  private static final Set<String> SCHEMES =
      Set.of(
          ("about acct blob callto cid data dict dns file ftp ftps geo git gopher http https imap"
                  + " imaps jar javascript jdbc ldap ldaps magnet mailto mid news nfs nntp pop"
                  + " resource rsync rtsp sftp sip sips skype sms smb smtp ssh tel telnet tftp urn"
                  + " vbscript view-source ws wss xmpp")
              .split(" "));

  /** Reads what stands between {@code //} and the path. */
  static Authority ofUrl(String text, int usual) throws UnreadableDestinationException {
    int colon = text.indexOf(':', text.startsWith("[") ? Math.max(text.indexOf(']'), 0) : 0);
    if (colon < 0) {
      return new Authority(Host.read(text), USUAL);
    }
    int port = port(text.substring(colon + 1));
    return new Authority(Host.read(text.substring(0, colon)), port == usual ? USUAL : port);
  }

  /** Reads a host that stands alone, with or without a port. */
  static Authority bare(String text) throws UnreadableDestinationException {
    boolean six = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    if (six) {
      return new Authority(bareSix(text), USUAL);
    }
    Authority authority = ofUrl(text, USUAL);
    if (authority.port != USUAL && SCHEMES.contains(authority.host.text())) {
      throw new UnreadableDestinationException("a host named like a scheme, or a URL");
    }
    return authority;
  }

  /** An address without brackets whose last group could not be a port. */
  private static Host bareSix(String text) throws UnreadableDestinationException {
    Host host = Host.read("[" + text + "]");
    int colon = text.lastIndexOf(':');
    try {
      port(text.substring(colon + 1));
      Ipv6Text.parse(text.substring(0, colon));
    } catch (UnreadableDestinationException e) {
      return host; // only one reading is left
    }
    throw new UnreadableDestinationException("an IPv6 address with or without a port");
  }

  private static int port(String text) throws UnreadableDestinationException {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xffff) {
      throw new UnreadableDestinationException("a port is a number from 1 to 65535");
    }
    return Integer.parseInt(text);
  }

  String text() {
    return port == USUAL ? host.text() : host.text() + ":" + port;
  }
}
