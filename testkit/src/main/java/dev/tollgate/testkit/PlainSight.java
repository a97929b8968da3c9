package dev.tollgate.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Looks for a word in what was kept: as it is, or only encoded, which hides it from nobody. */
final class PlainSight {
  private PlainSight() {}

  static boolean in(String seen, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (seen.contains(word) || seen.contains(HexFormat.of().formatHex(bytes))) {
      return true;
    }
    String plain = seen.replace('-', '+').replace('_', '/');
    for (int before = 0; before < 3; before++) { // where in a group of three bytes it may begin
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The outer characters hold bits of its neighbours; few others may stand there by chance.
      if (encoded.length() > 16 && plain.contains(encoded.substring(4, encoded.length() - 4))) {
        return true;
      }
    }
    return false;
  }
}
