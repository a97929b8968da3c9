package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.fixture.Keys;
import dev.tollgate.key.KeyPurpose;
import java.util.HashSet;
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
}
