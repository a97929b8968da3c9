package dev.tollgate.destination;

import java.net.IDN;
import java.util.StringJoiner;

/**
 * A name in the DNS, or of the local network.
 *
 * @param text its labels in lower case ASCII, without the trailing dot
 */
record Domain(String text) implements Host {
  private static final int LONGEST = 253;

  static Domain read(String text) throws UnreadableDestinationException {
    StringJoiner labels = new StringJoiner(".");
    for (String label : split(text)) {
      labels.add(Label.ascii(label));
    }
    String ascii = labels.toString();
    if (ascii.length() > LONGEST) {
      throw tooLong();
    }
    if (Label.rightToLeft(IDN.toUnicode(ascii))) {
      for (String label : split(ascii)) {
        // Where such a label is shown differs, and so does whether it is valid (RFC 5893 §2).
        if (label.charAt(0) <= '9') {
          throw new UnreadableDestinationException("mixes right-to-left names and digits");
        }
      }
    }
    return new Domain(ascii);
  }

  private static String[] split(String text) throws UnreadableDestinationException {
    if (text.length() > LONGEST) {
      throw tooLong();
    }
    return text.split("\\.", -1);
  }

  private static UnreadableDestinationException tooLong() {
    return new UnreadableDestinationException("longer than a host name can be");
  }

  /** The domain that a domain lies in; empty above the last label. */
  static String parent(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }
}
