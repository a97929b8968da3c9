package dev.tollgate.cedar;

import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the policies of a folder. */
final class PolicyFolder {
  private PolicyFolder() {}

  static List<PolicySource> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CedarPolicyException(folder + ": there is no such folder");
    }
    List<PolicySource> sources = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry)) {
          refusePoliciesBelow(entry);
        } else if (isPolicy(entry)) {
          sources.add(new PolicySource(entry.toString(), text(entry)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CedarPolicyException(folder + ": cannot be read: " + e, e);
    }
    return sources;
  }

  /** The manifest that lies in a folder of policies, named like it; {@code null} if none does. */
  static @Nullable ToolManifest manifest(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    Path file = folder.resolve(name + ".manifest.yaml");
    return Files.isRegularFile(file) ? ToolManifest.load(file) : null;
  }

  /** Leaving out a forbid that somebody filed one level deeper would open what it closes. */
  private static void refusePoliciesBelow(Path folder) throws IOException {
    if (folder.getFileName().toString().startsWith(".")) {
      return; // where Kubernetes keeps the files that the folder itself links to
    }
    try (Stream<Path> below = Files.walk(folder)) {
      below
          .filter(PolicyFolder::isPolicy)
          .findFirst()
          .ifPresent(
              policy -> {
                throw new CedarPolicyException(
                    policy + ": policies lie in the folder itself, not below it");
              });
    }
  }

  private static boolean isPolicy(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".cedar");
  }

  private static String text(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder() // reports what is malformed, unlike new String
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CedarPolicyException(file + ": is not UTF-8", e);
    }
  }
}
