package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Keys;
import dev.tollgate.key.KeyPurpose;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {
  private final Keys keys = new Keys();

  private KeyedDigest digest(KeyPurpose purpose) {
    return new KeyedDigest(keys.secrets(purpose).get(0).toSecretKey("HmacSHA256"));
  }

  @Test
  void tenantsAndKeysDiffer() {
    KeyedDigest one = digest(KeyPurpose.DIGEST);
    Set<String> digests = new HashSet<>();
    digests.add(one.of("a", "x"));
    digests.add(one.of("b", "x"));
    digests.add(one.of("a", "y"));
    digests.add(digest(KeyPurpose.AUDIT).of("a", "x"));
    assertThat(digests).hasSize(4).allMatch(text -> text.matches("hmac-sha256:[\\w-]{43}"));
    assertThat(one.of("a", "x")).isEqualTo(digest(KeyPurpose.DIGEST).of("a", "x"));
  }

  @Test
  void manyThreadsGetTheSameDigest() {
    KeyedDigest one = digest(KeyPurpose.DIGEST);
    Set<String> seen =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(i -> one.of("t" + i % 7, "x") + i % 7)
            .collect(java.util.stream.Collectors.toSet());
    assertThat(seen).hasSize(7);
  }

  /** Its room is used again: nothing of a longer value before may be left in it. */
  @Test
  void aCanonicalFormHasTheDigestOfItsText() throws Exception {
    KeyedDigest one = digest(KeyPurpose.DIGEST);
    for (int length : new int[] {1_021, 5, 1_022, 40_000, 0, 1_023}) {
      String written = "[\"" + "\u00e9".repeat(length / 2) + "x".repeat(length % 2) + "\"]";
      JsonValue value = new StrictJson(new JsonLimits(200_000, 4)).parse(written);
      DigestedJson digested = one.canonical("t", value);
      assertThat(digested.text()).isEqualTo(written);
      assertThat(digested.digest()).as("of " + length).isEqualTo(one.of("t", written));
      assertThat(digested.toString()).contains(digested.digest()).doesNotContain(written);
    }
  }

  /** A long text is digested in parts, a short one where others were; neither must show. */
  @Test
  void aTextHasTheDigestOfItsBytes() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    KeyedDigest one = digest(KeyPurpose.DIGEST);
    for (int length : new int[] {65_535, 65_536, 65_537, 200_001, 1_024, 3, 1_025, 0, 512}) {
      for (String unit :
          List.of("a", "a\u00e9", "\u00e9", "\ud83d\ude00", "\ud83d", "a\ud83d\ude00")) {
        String text = unit.repeat(length);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(one.of("t", text))
            .as(length + " of " + unit.length())
            .isEqualTo("hmac-sha256:" + base64.encodeToString(one.forTenant("t").doFinal(bytes)));
      }
    }
  }
}
