package dev.tollgate.destination;

import java.util.ArrayList;
import java.util.List;

/** IPv6 addresses as RFC 4291 §2.2 writes them; the canonical text is that of RFC 5952. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  /** Reads an address without brackets. Zone ids, which mean a place only here, are refused. */
  static Ip parse(String text) throws UnreadableDestinationException {
    int gap = text.indexOf("::");
    List<Integer> front = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    List<Integer> back = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
    int missing = GROUPS - front.size() - back.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      throw malformed();
    }
    List<Integer> all = new ArrayList<>(front);
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(back);
    return new Ip(true, bits(all.subList(0, 4)), bits(all.subList(4, GROUPS)));
  }

  private static long bits(List<Integer> groups) {
    long bits = 0;
    for (int group : groups) {
      bits = bits << 16 | group;
    }
    return bits;
  }

  private static List<Integer> groups(String text, boolean last)
      throws UnreadableDestinationException {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (last && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        long four = dotted(parts[i]);
        groups.add((int) (four >> 16));
        groups.add((int) (four & 0xffff));
      } else {
        groups.add(group(parts[i]));
      }
    }
    return groups;
  }

  private static int group(String text) throws UnreadableDestinationException {
    if (text.isEmpty()
        || text.length() > 4
        || !text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
      throw malformed();
    }
    return Integer.parseInt(text, 16);
  }

  /** Inside an IPv6 address nobody takes octal, hex or short forms. */
  private static long dotted(String text) throws UnreadableDestinationException {
    Ip four = Ipv4Text.parse(text);
    if (!Ipv4Text.format(four.low()).equals(text)) {
      throw malformed();
    }
    return four.low();
  }

  private static UnreadableDestinationException malformed() {
    return new UnreadableDestinationException("looks like an IPv6 address, but is none");
  }

  /**
   * Lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}.
   */
  static String format(Ip ip) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (int) ((i < 4 ? ip.high() : ip.low()) >>> (48 - 16 * (i % 4)) & 0xffff);
    }
    int from = 0;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
    }
    return length < 2
        ? join(groups, 0, GROUPS)
        : join(groups, 0, from) + "::" + join(groups, from + length, GROUPS);
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
