package dev.tollgate.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the reader takes, browsers and Java take for the same place, or do not take at all. */
class WhatwgAgreementTest {
  /** Above it are private use and marks without a glyph only. */
  private static final int LAST_NAMED = 0x323af;

  private static final DestinationReader READER = new DestinationReader(TrustZones.NONE);
  private static final String[] PARTS = {
    "http://",
    "https://",
    "ftp://",
    "HTTP:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    "80",
    "443",
    "0",
    "127",
    "1",
    "0x7f",
    "017",
    "256",
    "2130706433",
    ".",
    ".",
    ".",
    "..",
    "a",
    "bank",
    "EVIL",
    "example",
    "-",
    "_",
    "xn--",
    "xn--bcher-kva",
    "b\u00fccher",
    "\u00df",
    "\u3002",
    "\uff0e",
    "\u0430",
    "%2e",
    "%",
    "[",
    "]",
    "::",
    "::1",
    "ffff",
    "[::1]",
    "[2001:db8::1]",
    "?",
    "#",
    ";",
    ",",
    " ",
    "\t",
    "\u200b",
    "\u05d0",
    "mailto:",
    "localhost",
    "+",
    "~"
  };

  @Test
  void forEveryCharacterThereIsInAHostName() throws Exception {
    List<String> urls = new ArrayList<>();
    for (int point = 0x80; point <= LAST_NAMED; point++) {
      String one = Character.toString(point);
      urls.add("http://" + one + ".example/");
      if (point < 0x3000 || (point > 0xa000 && point < 0xac00)) {
        urls.add("http://a1" + one + ".example/");
      }
    }
    assertThat(agreed(urls)).isGreaterThan(40_000);
  }

  @Test
  void forWordsOfTwoCharactersOfOneScript() throws Exception {
    Map<Character.UnicodeScript, List<String>> letters =
        java.util.stream.IntStream.range(0x80, 0x10000)
            .filter(Character::isDefined)
            .filter(point -> Character.getType(point) != Character.SURROGATE)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    Character.UnicodeScript::of,
                    Collectors.mapping(Character::toString, Collectors.toList())));
    List<List<String>> scripts = List.copyOf(letters.values());
    Random random = new Random(46);
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      StringBuilder url = new StringBuilder("http://");
      for (int label = 0; label < 2; label++) {
        List<String> script = scripts.get(random.nextInt(scripts.size()));
        for (int letter = 0; letter < 3; letter++) {
          url.append(script.get(random.nextInt(script.size())));
        }
        url.append('.');
      }
      urls.add(url + "example/");
    }
    assertThat(agreed(urls)).isGreaterThan(500);
  }

  @Test
  void forRandomPiecesOfUrlsAndNumbers() throws Exception {
    Random random = new Random(3986);
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 80_000; i++) {
      StringBuilder url = new StringBuilder(i % 3 == 0 ? "" : "http://");
      int count = 1 + random.nextInt(7);
      for (int part = 0; part < count; part++) {
        url.append(PARTS[random.nextInt(PARTS.length)]);
      }
      urls.add(url.toString());
    }
    for (int i = 0; i < 30_000; i++) {
      StringBuilder url = new StringBuilder("http://");
      int count = 1 + random.nextInt(4);
      for (int part = 0; part < count; part++) {
        url.append(part == 0 ? "" : ".").append(number(random));
      }
      urls.add(url.toString());
    }
    assertThat(agreed(urls)).isGreaterThan(5_000);
  }

  @Test
  void forTheHostileFormsNothingIsTakenThatIsReadDifferently() throws Exception {
    List<String> urls = new ArrayList<>(HostileDestinations.all());
    HostileDestinations.all().forEach(text -> urls.add("http://" + text + "/"));
    HostileDestinations.all().forEach(text -> urls.add("https://bank.example" + text));
    assertThat(agreed(urls)).isPositive();
  }

  private static String number(Random random) {
    int value = random.nextInt(300);
    return switch (random.nextInt(5)) {
      case 0 -> "0x" + Integer.toHexString(value);
      case 1 -> "0" + Integer.toOctalString(value);
      case 2 -> Long.toString(random.nextLong(1L << 33));
      case 3 -> "0" + value;
      default -> Integer.toString(value);
    };
  }

  /** How many were taken; fails where the two differ. */
  private static int agreed(List<String> texts) throws Exception {
    Map<String, String> taken = new LinkedHashMap<>();
    int refused = 0;
    for (String text : texts) {
      try {
        Set<String> hosts = READER.read(List.of(text), null).hosts();
        taken.put(text, hosts.iterator().next());
      } catch (UnreadableDestinationException e) {
        refused++;
      }
    }
    List<String> urls = taken.keySet().stream().map(WhatwgAgreementTest::url).toList();
    List<String> theirs = WhatwgHost.of(urls);
    List<String> wrong = new ArrayList<>();
    int at = 0;
    for (Map.Entry<String, String> ours : taken.entrySet()) {
      String their = canonical(theirs.get(at++), ours.getKey());
      if (!their.equals(ours.getValue())) {
        wrong.add(ours + " is " + their);
      }
    }
    assertThat(wrong).as(refused + " refused").isEmpty();
    return taken.size();
  }

  /** A bare host and a mailbox are not URLs: what a client would make of them. */
  private static String url(String text) {
    if (text.contains("://")) {
      return text;
    }
    if (text.contains("@")) {
      return "https://" + text.substring(text.indexOf('@') + 1);
    }
    boolean six = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    return "https://" + (six ? "[" + text + "]" : text);
  }

  /**
   * Without the trailing dot, mapped addresses as IPv4, and with the port that a bare host names.
   */
  private static String canonical(String host, String text) throws Exception {
    int end = host.lastIndexOf(':') > host.lastIndexOf(']') ? host.lastIndexOf(':') : host.length();
    String name = host.substring(0, end);
    String port = host.substring(end);
    if (port.isEmpty() && text.endsWith(":443") && url(text).equals("https://" + text)) {
      port = ":443";
    }
    if (name.startsWith("[::ffff:")) {
      name = InetAddress.getByName(name).getHostAddress();
    }
    return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name) + port;
  }
}
