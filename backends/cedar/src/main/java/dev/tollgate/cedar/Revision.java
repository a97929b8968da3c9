package dev.tollgate.cedar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A short digest of policies and of the tools they were checked against. */
final class Revision {
  private Revision() {}

  static String of(List<PolicySource> sources, List<ToolAction> actions) {
    List<String> parts = new ArrayList<>();
    for (PolicySource source : sources) {
      // The file, not where it lies: a copy elsewhere, looked at by its author, is the same.
      parts.add(source.name().replaceFirst("^.*[/\\\\]", ""));
      parts.add(source.text());
    }
    parts.add(CedarSchema.of(actions, ContextReads.EVERYTHING));
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
      }
      byte[] digest = Arrays.copyOf(sha.digest(), 16);
      return "sha256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no SHA-256", e);
    }
  }
}
