package dev.tollgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.destination.ConnectionRefusedException;
import dev.tollgate.reason.ReasonCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a gate the ranges hold all the same. */
class OutsideCallTest {
  private final Names names =
      new Names()
          .with("office.test", "127.0.0.1")
          .with("evil.test", "127.0.0.1")
          .with("localhost", "127.0.0.1");
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site("hello");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private GuardedHttpClientBuilder client() {
    return GuardedHttpClient.builder().resolver(names).permit("office.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "evil.test",
        "evil.test."
      })
  void whatLeadsToThisMachineIsRefusedHoweverItIsWritten(String host) throws IOException {
    try (GuardedHttpClient client = client().build()) {
      assertThatThrownBy(() -> Caller.get(client, site.at(host)))
          .isInstanceOf(ConnectionRefusedException.class)
          .hasMessageNotContaining("127");
    }
    assertThat(site.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]"
      })
  void whatIsNobodysOnTheInternetIsRefused(String host) throws IOException {
    try (GuardedHttpClient client = client().connectTimeout(Duration.ofMillis(50)).build()) {
      assertThatThrownBy(() -> Caller.get(client, "http://" + host + "/"))
          .isInstanceOf(ConnectionRefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@office.test/",
        "http://office.test@evil.test/",
        "http://office.test%2eevil.test/",
        "http://office..test/",
        "ftp://office.test/",
        "file:///etc/passwd"
      })
  void whatTwoProgramsCouldReadAsTwoPlacesIsRefused(String url) throws IOException {
    try (GuardedHttpClient client = client().build()) {
      assertThatThrownBy(() -> Caller.get(client, url)).isInstanceOf(IOException.class);
    }
    assertThat(names.asked).isEmpty();
  }

  @Test
  void aPermittedHostIsReachedAndItsNameIsLookedUpOnce() throws Exception {
    try (GuardedHttpClient client = client().build()) {
      assertThat(Caller.get(client, site.at("Office.Test."))).isEqualTo("hello");
    }
    assertThat(names.asked).containsExactly("office.test");
    assertThat(site.header(0, "Host")).isEqualTo("office.test:" + site.port());
  }

  @Test
  void aNameThatChangesItsAddressAfterTheCheckGainsNothing() throws Exception {
    Names rebinding = new Names().with("office.test", "127.0.0.1", "169.254.169.254");
    try (GuardedHttpClient client =
        GuardedHttpClient.builder().resolver(rebinding).permit("office.test").build()) {
      assertThat(Caller.get(client, site.at("office.test"))).isEqualTo("hello");
      assertThatThrownBy(() -> Caller.get(client, site.at("office.test")))
          .isInstanceOf(ConnectionRefusedException.class);
    }
    assertThat(rebinding.asked).hasSize(2);
  }

  @Test
  void aKeptConnectionIsNotUsedForAnotherAddressOfTheName() throws Exception {
    Names moving = new Names().with("office.test", "127.0.0.1", "127.0.0.2");
    try (Site moved = new Site("moved", "127.0.0.2", site.port());
        GuardedHttpClient client =
            GuardedHttpClient.builder().resolver(moving).permit("office.test").build()) {
      assertThat(Caller.get(client, site.at("office.test"))).isEqualTo("hello");
      assertThat(Caller.get(client, site.at("office.test"))).isEqualTo("moved");
      assertThat(moved.seen()).hasSize(1);
    }
  }

  @Test
  void oneBadAddressAmongGoodOnesRefusesTheName() throws IOException {
    Names mixed = new Names().with("office.test", "127.0.0.1 169.254.169.254");
    try (GuardedHttpClient client =
        GuardedHttpClient.builder().resolver(mixed).permit("office.test").build()) {
      assertThatThrownBy(() -> Caller.get(client, site.at("office.test")))
          .isInstanceOf(ConnectionRefusedException.class);
    }
    assertThat(site.seen()).isEmpty();
  }

  @Test
  void anAddressWhereNobodyListensIsFollowedByTheNext() throws Exception {
    Names two = new Names().with("office.test", "127.0.0.9 127.0.0.1");
    try (GuardedHttpClient client =
        GuardedHttpClient.builder().resolver(two).permit("office.test").build()) {
      assertThat(Caller.get(client, site.at("office.test"))).isEqualTo("hello");
    }
  }

  @Test
  void aHostIsPermittedForItsPortAndForItselfOnly() throws Exception {
    Names all = new Names().with("office.test", "127.0.0.1").with("a.office.test", "127.0.0.1");
    try (GuardedHttpClient client =
        GuardedHttpClient.builder().resolver(all).permit("office.test:1").build()) {
      assertThatThrownBy(() -> Caller.get(client, site.at("office.test")))
          .isInstanceOf(ConnectionRefusedException.class);
    }
    try (GuardedHttpClient client =
        GuardedHttpClient.builder().resolver(all).permit("office.test:" + site.port()).build()) {
      assertThat(Caller.get(client, site.at("office.test"))).isEqualTo("hello");
      assertThatThrownBy(() -> Caller.get(client, site.at("a.office.test")))
          .isInstanceOf(ConnectionRefusedException.class);
    }
  }

  @Test
  void aPermittedRangeDoesNotReachAMetadataService() throws Exception {
    try (GuardedHttpClient client =
        GuardedHttpClient.builder()
            .permitRange("169.254.0.0/16")
            .permitRange("127.0.0.0/8")
            .build()) {
      assertThat(Caller.get(client, site.at("127.0.0.1"))).isEqualTo("hello");
      assertThatThrownBy(() -> Caller.get(client, "http://169.254.169.254/"))
          .isInstanceOf(ConnectionRefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"office.test", "10.0.0.0/33", "", "10.0.0", "::1/x", "300.1.1.1"})
  void whatIsNoRangeIsSaidAtOnce(String range) {
    assertThatThrownBy(() -> GuardedHttpClient.builder().permitRange(range))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "u@office.test", "office.test/path", "*.office.test"})
  void whatIsNoHostIsSaidAtOnce(String host) {
    assertThatThrownBy(() -> GuardedHttpClient.builder().permit(host))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTargetThatIsNotTheUrlsIsRefused() throws IOException {
    try (GuardedHttpClient client = client().build()) {
      HttpGet request = new HttpGet("http://evil.test/");
      assertThatThrownBy(
              () ->
                  client.execute(
                      new HttpHost("http", "office.test", site.port()), request, r -> ""))
          .isInstanceOf(ConnectionRefusedException.class);
    }
    assertThat(site.seen()).isEmpty();
  }

  @Test
  void aTargetWithAPinnedAddressOfItsOwnIsResolvedLikeAnyOther() throws Exception {
    HttpHost own = new HttpHost("http", InetAddress.getLoopbackAddress(), "evil.test", site.port());
    try (GuardedHttpClient client = client().build()) {
      assertThatThrownBy(
              () -> client.execute(own, new BasicClassicHttpRequest("GET", "/"), r -> ""))
          .isInstanceOf(ConnectionRefusedException.class);
    }
    assertThat(names.asked).containsExactly("evil.test");
  }

  @Test
  void aHostHeaderOfTheCallersIsNotSent() throws Exception {
    try (GuardedHttpClient client = client().build()) {
      HttpGet request = new HttpGet(URI.create(site.at("office.test")));
      request.setHeader("Host", "evil.test");
      client.execute(request, response -> "");
    }
    assertThat(site.header(0, "Host")).isEqualTo("office.test:" + site.port());
  }

  @Test
  void whereOnlyCallsMayFetchNothingElseDoes() throws IOException {
    try (GuardedHttpClient client = client().onlyInsideCalls().build()) {
      assertThatThrownBy(() -> Caller.get(client, site.at("office.test")))
          .isInstanceOfSatisfying(
              ConnectionRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(ReasonCode.DESTINATION_REFUSED));
    }
    assertThat(names.asked).isEmpty();
  }

  @Test
  void aNameThatNobodyKnowsIsAFailureAndNoRefusal() throws IOException {
    try (GuardedHttpClient client = client().build()) {
      assertThatThrownBy(() -> Caller.get(client, "http://unknown.test/"))
          .isInstanceOf(UnknownHostException.class);
    }
  }
}
