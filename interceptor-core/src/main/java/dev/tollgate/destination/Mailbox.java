package dev.tollgate.destination;

import java.util.regex.Pattern;

/** One mailbox, {@code local@domain}, without a display name (RFC 5321 §4.1.2). */
final class Mailbox {
  /** Dot-atoms without {@code %} and {@code !}, by which old servers relay to another host. */
  private static final Pattern LOCAL =
      Pattern.compile("[a-zA-Z0-9#$&'*+/=?^_`{|}~-]++(?:\\.[a-zA-Z0-9#$&'*+/=?^_`{|}~-]++)*+");

  private static final int LONGEST_LOCAL = 64;

  private Mailbox() {}

  /** The host that takes its mail. */
  static Host host(String text) throws UnreadableDestinationException {
    if (text.indexOf(',') >= 0 || text.indexOf(';') >= 0) {
      throw new UnreadableDestinationException("several mailboxes in one text");
    }
    int at = text.indexOf('@');
    if (at < 0 || at != text.lastIndexOf('@')) {
      throw new UnreadableDestinationException("a mailbox has one @");
    }
    if (at > LONGEST_LOCAL || !LOCAL.matcher(text.substring(0, at)).matches()) {
      throw new UnreadableDestinationException("a mailbox is name@domain, without a display name");
    }
    if (Host.read(text.substring(at + 1)) instanceof Domain domain) {
      return domain;
    }
    throw new UnreadableDestinationException("a mailbox at an address");
  }
}
