package dev.tollgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustZonesTest {
  private static final TrustZones ZONES =
      new TrustZones(
          Map.of(
              "corp",
              Set.of("Corp.Example.", "10.0.0.0/8", "2001:db8::/32"),
              "partners",
              Set.of("partner.corp.example", "10.1.0.0/16", "b\u00fccher.example"),
              "bastion",
              Set.of("10.1.2.3", "2001:db8::5", "[2001:db8::6]", "198.51.100.0/31")));

  @ParameterizedTest
  @CsvSource({
    "corp.example, corp",
    "api.corp.example, corp",
    "api.corp.example:8443, corp",
    "a.b.partner.corp.example, partners",
    "partner.corp.example, partners",
    "notpartner.corp.example, corp",
    "notcorp.example, external",
    "corp.example.evil.example, external",
    "example, external",
    "xn--bcher-kva.example, partners",
    "10.2.0.1, corp",
    "10.1.0.1:80, partners",
    "10.1.2.3, bastion",
    "10.1.2.4, partners",
    "11.0.0.1, external",
    "[2001:db8::1], corp",
    "[2001:db8::5]:443, bastion",
    "[2001:db8::6], bastion",
    "[2001:db9::1], external",
    "198.51.100.1, bastion",
    "198.51.100.2, external",
    "10.corp.example, corp",
    "not a host, external",
    "'', external"
  })
  void theNarrowestEntryDecides(String host, String zone) {
    assertThat(ZONES.of(host)).isEqualTo(zone);
  }

  @Test
  void everyZoneIsKnownByName() {
    assertThat(ZONES.names()).containsExactly("bastion", "corp", "external", "partners");
    assertThat(TrustZones.NONE.names()).containsExactly("external");
    assertThat(TrustZones.NONE.of("corp.example")).isEqualTo("external");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*.corp.example",
        "corp.example:443",
        "https://corp.example",
        "a@corp.example",
        "corp .example",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10/8",
        "010.0.0.0/8",
        "0xa.0.0.0/8",
        "corp.example/8",
        "fd00::1/8",
        "fd00::/129",
        "[fd00::]/8",
        "::ffff:10.0.0.0/104",
        "64:ff9b::/96",
        "2002:a00::/24",
        "fe80::1%eth0"
      })
  void anEntryThatIsNoPlaceIsRefusedByName(String entry) {
    assertThatThrownBy(() -> new TrustZones(Map.of("corp", Set.of(entry))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + entry.replaceFirst("/.*", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "corp.example, CORP.example.",
    "10.0.0.0/8, 10.0.0.0/8",
    "10.0.0.1, 10.0.0.1/32",
    "10.0.0.1, ::ffff:10.0.0.1",
    "2001:db8::5, 2001:DB8:0::5/128"
  })
  void anEntryStandsInOneZoneHoweverItIsWritten(String one, String other) {
    assertThatThrownBy(() -> new TrustZones(Map.of("a", Set.of(one), "b", Set.of(other))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stands in zone 'a' and in zone 'b'");
    assertThat(new TrustZones(Map.of("a", new HashSet<>(List.of(one, other)))).names())
        .containsExactly("a", "external");
  }

  @ParameterizedTest
  @ValueSource(strings = {"external", "", "Corp", "9a", "a b", "a.b", "\u0430"})
  void aZoneHasAPlainNameThatIsNotExternal(String name) {
    assertThatThrownBy(() -> new TrustZones(Map.of(name, Set.of("corp.example"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a zone is named");
  }

  @Test
  void aZoneHasEntries() {
    assertThatThrownBy(() -> new TrustZones(Map.of("corp", Set.of())))
        .hasMessage("zone 'corp' has no entries");
  }
}
