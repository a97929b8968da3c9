package dev.tollgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationReaderTest {
  private static final DestinationReader READER =
      new DestinationReader(
          new TrustZones(
              Map.of("corp", Set.of("corp.example"), "lab", Set.of("10.0.0.0/8", "fd00::/8"))));

  private static DeclaredDestination read(String... texts) throws UnreadableDestinationException {
    return READER.read(List.of(texts), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api.example | api.example",
        "API.Example. | api.example",
        "api.example:8443 | api.example:8443",
        "api.example:443 | api.example:443",
        "localhost | localhost",
        "localhost:8080 | localhost:8080",
        "r3---sn-4g5e.example | r3---sn-4g5e.example",
        "https://API.example/a/b?q=1#x | api.example",
        "HTTPS://api.example:443 | api.example",
        "http://api.example.:80/ | api.example",
        "http://api.example:443/ | api.example:443",
        "wss://api.example:443/live | api.example",
        "ws://api.example:81 | api.example:81",
        "ftp://files.example:21/x | files.example",
        "https://social.example/@alice | social.example",
        "https://api.example/a?to=b@c.example | api.example",
        "https://api.example?q=1 | api.example",
        "https://api.example/a%2F%40b | api.example",
        "https://api.example/straße | api.example",
        "https://bücher.example/ | xn--bcher-kva.example",
        "BÜCHER.example | xn--bcher-kva.example",
        "bu\u0308cher.example | xn--bcher-kva.example",
        "xn--bcher-kva.example | xn--bcher-kva.example",
        "XN--BCHER-KVA.example | xn--bcher-kva.example",
        "日本語.example | xn--wgv71a119e.example",
        "日本tv.example | xn--tv-5t7du0c.example",
        "пример.example | xn--e1afmkfd.example",
        "שלום.example | xn--9dbne9b.example",
        "127.0.0.1 | 127.0.0.1",
        "127.0.0.1. | 127.0.0.1",
        "2130706433 | 127.0.0.1",
        "0x7f000001 | 127.0.0.1",
        "0x7F.1 | 127.0.0.1",
        "0x7f.0x0.0x0.0x1 | 127.0.0.1",
        "017700000001 | 127.0.0.1",
        "0377.1 | 255.0.0.1",
        "127.1 | 127.0.0.1",
        "127.0.1 | 127.0.0.1",
        "127.0.1. | 127.0.0.1",
        "169.16689662 | 169.254.169.254",
        "2852039166 | 169.254.169.254",
        "01.02.03.04 | 1.2.3.4",
        "0 | 0.0.0.0",
        "http://2130706433:8080/ | 127.0.0.1:8080",
        "[::1] | [::1]",
        "::1 | [::1]",
        ":: | [::]",
        "[2001:DB8::0:1] | [2001:db8::1]",
        "2001:db8:0:0:1:0:0:1 | [2001:db8::1:0:0:1]",
        "2001:db8:0:1:1:1:1:1 | [2001:db8:0:1:1:1:1:1]",
        "2001:db8::dead:beef | [2001:db8::dead:beef]",
        "[2001:db8::1]:8443 | [2001:db8::1]:8443",
        "https://[2001:db8::1]:443/ | [2001:db8::1]",
        "[::ffff:127.0.0.1] | 127.0.0.1",
        "[::ffff:7f00:1] | 127.0.0.1",
        "http://[0:0:0:0:0:ffff:169.254.169.254]/ | 169.254.169.254",
        "2001:db8::192.0.2.1 | [2001:db8::c000:201]",
        "alice@Corp.Example | corp.example",
        "alice+bob.c@corp.example. | corp.example",
        "mailto:alice@corp.example | corp.example",
        "MAILTO:alice@bücher.example | xn--bcher-kva.example",
        "root@localhost | localhost"
      })
  void aPlaceHasOneCanonicalForm(String text, String host) throws Exception {
    assertThat(read(text).hosts()).containsExactly(host);
    assertThat(read(host).hosts()).as("again").containsExactly(host);
  }

  @Test
  void severalHostsLieOnlyInTheDomainsThatHoldThemAll() throws Exception {
    assertThat(read("https://api.corp.example/x").within())
        .containsExactlyInAnyOrder("api.corp.example", "corp.example", "example");
    assertThat(read("api.corp.example:8443").within())
        .containsExactlyInAnyOrder("api.corp.example", "corp.example", "example");
    assertThat(read("a@mail.corp.example", "https://www.corp.example").within())
        .containsExactlyInAnyOrder("corp.example", "example");
    assertThat(read("corp.example", "notcorp.example").within()).containsExactly("example");
    assertThat(read("corp.example", "corp.test").within()).isEmpty();
  }

  @Test
  void anAddressLiesInItselfOnly() throws Exception {
    assertThat(read("10.0.0.1:80").within()).containsExactly("10.0.0.1");
    assertThat(read("2001:db8::1").within()).containsExactly("[2001:db8::1]");
    assertThat(read("10.0.0.1", "0.0.1.example").within()).isEmpty();
    assertThat(read("10.0.0.1", "10.0.0.2").within()).isEmpty();
  }

  @Test
  void theZonesAreThoseOfTheHostsAndTheToolsOwn() throws Exception {
    assertThat(read("a@corp.example", "evil.example").zones())
        .containsExactlyInAnyOrder("corp", "external");
    assertThat(read("http://10.1.2.3:81/").zones()).containsExactly("lab");
    assertThat(READER.read(List.of("evil.example"), "corp").zones())
        .containsExactlyInAnyOrder("corp", "external");
    assertThat(READER.read(List.of(), "lab").zones()).containsExactly("lab");
    assertThat(READER.read(List.of(), "lab").hosts()).isEmpty();
    assertThat(READER.read(List.of(), null)).isEqualTo(DeclaredDestination.NONE);
  }

  @Test
  void oneUnreadableTextMakesTheWholeCallUnreadable() {
    assertThatThrownBy(() -> read("corp.example", "https://corp.example@evil.example"))
        .isInstanceOf(UnreadableDestinationException.class)
        .hasMessage("a URL with a user name");
  }

  @Test
  void aMegabyteIsReadAtOnce() throws Exception {
    String path = "/" + "a%2F@".repeat(200_000);
    assertThat(read("https://corp.example" + path).hosts()).containsExactly("corp.example");
    for (String part : List.of("a", "a.", "1.", ":", "@", "xn--", "ü", "[")) {
      assertThatThrownBy(() -> read(part.repeat(500_000)))
          .isInstanceOf(UnreadableDestinationException.class);
      assertThatThrownBy(() -> read("https://" + part.repeat(500_000)))
          .isInstanceOf(UnreadableDestinationException.class);
    }
  }
}
