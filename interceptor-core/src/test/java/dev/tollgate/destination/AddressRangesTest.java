package dev.tollgate.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.destination.AddressRanges.Range;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangesTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, PUBLIC",
    "9.255.255.255, PUBLIC",
    "11.0.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.128.0.0, PUBLIC",
    "126.255.255.255, PUBLIC",
    "128.0.0.0, PUBLIC",
    "172.15.255.255, PUBLIC",
    "172.32.0.0, PUBLIC",
    "192.167.255.255, PUBLIC",
    "198.17.255.255, PUBLIC",
    "198.20.0.0, PUBLIC",
    "223.255.255.255, PUBLIC",
    "0.0.0.0, UNSPECIFIED",
    "0.1.2.3, UNSPECIFIED",
    "10.0.0.0, PRIVATE",
    "10.255.255.255, PRIVATE",
    "172.16.0.0, PRIVATE",
    "172.31.255.255, PRIVATE",
    "192.168.0.1, PRIVATE",
    "100.64.0.0, SHARED",
    "100.127.255.255, SHARED",
    "127.0.0.1, LOOPBACK",
    "127.255.255.255, LOOPBACK",
    "169.254.0.1, LINK_LOCAL",
    "169.254.169.254, METADATA",
    "169.254.170.2, METADATA",
    "100.100.100.200, METADATA",
    "192.0.0.192, METADATA",
    "168.63.129.16, METADATA",
    "192.0.0.1, RESERVED",
    "192.0.2.1, DOCUMENTATION",
    "198.51.100.255, DOCUMENTATION",
    "203.0.113.0, DOCUMENTATION",
    "233.252.0.1, DOCUMENTATION",
    "198.18.0.0, BENCHMARKING",
    "198.19.255.255, BENCHMARKING",
    "192.88.99.1, RESERVED",
    "224.0.0.1, MULTICAST",
    "239.255.255.255, MULTICAST",
    "240.0.0.1, RESERVED",
    "255.255.255.254, RESERVED",
    "255.255.255.255, BROADCAST",
    "2606:4700::1111, PUBLIC",
    "2a00:1450::1, PUBLIC",
    "::, UNSPECIFIED",
    "::1, LOOPBACK",
    "fe80::1, LINK_LOCAL",
    "febf::1, LINK_LOCAL",
    "fec0::1, PRIVATE",
    "fc00::1, UNIQUE_LOCAL",
    "fdff::1, UNIQUE_LOCAL",
    "fd00:ec2::254, METADATA",
    "fd20:ce::254, METADATA",
    "ff02::1, MULTICAST",
    "2001:2::1, BENCHMARKING",
    "2001:db8::1, DOCUMENTATION",
    "3fff::1, DOCUMENTATION",
    "3fff:1000::1, PUBLIC",
    "2001:10::1, RESERVED",
    "2001:20::1, RESERVED",
    "2001:200::1, PUBLIC",
    "100::1, RESERVED",
    "4000::1, RESERVED",
    "5f00::1, RESERVED",
    "1::1, RESERVED"
  })
  void anAddressIsWhatTheRegistriesSay(String address, Range range) throws Exception {
    assertThat(AddressRanges.of(InetAddress.getByName(address))).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:10.0.0.1, PRIVATE",
    "::ffff:8.8.8.8, PUBLIC",
    "::10.0.0.1, PRIVATE",
    "::8.8.8.8, TRANSLATED",
    "::2, UNSPECIFIED",
    "64:ff9b::127.0.0.1, LOOPBACK",
    "64:ff9b::169.254.169.254, METADATA",
    "64:ff9b::8.8.8.8, PUBLIC",
    "64:ff9b:1::8.8.8.8, TRANSLATED",
    "64:ff9b:0:1::1, RESERVED",
    "::ffff:0:192.168.0.1, PRIVATE",
    "::ffff:0:8.8.8.8, TRANSLATED",
    "2002:7f00:1::1, LOOPBACK",
    "2002:a9fe:a9fe::1, METADATA",
    "2002:ffff:ffff::1, BROADCAST",
    "2002:808:808::1, TRANSLATED",
    "2001:0:4136:e378:8000:63bf:80ff:fffe, LOOPBACK",
    "2001:0:4136:e378:8000:63bf:f7f7:f7f7, TRANSLATED"
  })
  void anAddressThatEmbedsAnotherIsNoMorePublicThanThat(String address, Range range)
      throws Exception {
    assertThat(AddressRanges.of(raw(address))).isEqualTo(range);
  }

  /** All sixteen bytes: Java itself makes an IPv4 address of a mapped one. */
  private static InetAddress raw(String address) throws Exception {
    Ip ip = Ipv6Text.parse(address);
    byte[] bytes = java.nio.ByteBuffer.allocate(16).putLong(ip.high()).putLong(ip.low()).array();
    return java.net.Inet6Address.getByAddress(null, bytes, -1);
  }

  @Test
  void whatJavaKnowsToBeSpecialIsNeverPublic() throws UnknownHostException {
    Random random = new Random(6890);
    int special = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress address = InetAddress.getByAddress(bytes);
      if (address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || address.isMulticastAddress()) {
        special++;
        assertThat(AddressRanges.of(address)).as(address.toString()).isNotEqualTo(Range.PUBLIC);
      }
    }
    assertThat(special).isGreaterThan(5_000);
  }

  @Test
  void aRangeHasANameForSettings() {
    assertThat(Range.LINK_LOCAL.text()).isEqualTo("link-local");
  }
}
