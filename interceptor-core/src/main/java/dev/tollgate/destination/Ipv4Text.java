package dev.tollgate.destination;

import java.util.List;

/** IPv4 addresses as {@code inet_aton} and browsers take them: decimal, octal, hex and short. */
final class Ipv4Text {
  /** The longest part that is looked at; longer ones are padded with zeros for no honest reason. */
  private static final int LONGEST_PART = 16;

  private Ipv4Text() {}

  /** Whether a browser takes a host that ends with this label for an IPv4 address. */
  static boolean looksLikeNumber(String label) {
    if (label.length() >= 2 && label.charAt(0) == '0' && (label.charAt(1) | 0x20) == 'x') {
      return digits(label.substring(2), 16);
    }
    return !label.isEmpty() && digits(label, 10);
  }

  static Ip parse(String text) throws UnreadableDestinationException {
    List<String> parts = List.of(text.split("\\.", -1));
    long octal = address(parts, 8);
    if (octal < 0) {
      throw new UnreadableDestinationException("looks like an IPv4 address, but is none");
    }
    // Java and some resolvers read 010 as ten, browsers and C libraries as eight.
    long decimal = address(parts, 10);
    if (decimal >= 0 && decimal != octal) {
      throw new UnreadableDestinationException(
          "an IPv4 address with leading zeros can be read as two addresses");
    }
    return Ip.four(octal);
  }

  static String format(long bits) {
    return (bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }

  /** The address, or -1; the last part fills all bytes that are left. */
  private static long address(List<String> parts, int zeroRadix) {
    if (parts.size() > 4) {
      return -1;
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      long part = part(parts.get(i), zeroRadix);
      int width = i == parts.size() - 1 ? 8 * (5 - parts.size()) : 8;
      if (part < 0 || part >> width != 0) {
        return -1;
      }
      address = address << width | part;
    }
    return address;
  }

  private static long part(String part, int zeroRadix) {
    boolean zero = part.length() > 1 && part.charAt(0) == '0';
    boolean hex = zero && (part.charAt(1) | 0x20) == 'x';
    String digits = hex ? part.substring(2) : part;
    int radix = hex ? 16 : zero ? zeroRadix : 10;
    if (digits.isEmpty() || digits.length() > LONGEST_PART || !digits(digits, radix)) {
      return -1;
    }
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      return -1; // 16 hex digits do not fit; neither would they into an address
    }
  }

  private static boolean digits(String text, int radix) {
    return text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
  }
}
