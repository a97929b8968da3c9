package dev.tollgate.audit;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a stream and its heads and finds what was changed, taken out, moved or cut off. */
public final class AuditVerifier {
  private final AuditKeys keys;
  private final List<ECKey> headKeys;

  public AuditVerifier(KeySource keySource) {
    this.keys = AuditKeys.of(keySource);
    this.headKeys = keySource.signers(KeyPurpose.AUDIT_HEAD);
  }

  /**
   * Verifies one stream.
   *
   * @param stream the file {@code <tenant>.jsonl}; one that is missing was taken away if a head
   *     attests it
   * @param heads the anchor's file; one that is missing attests nothing
   */
  public AuditReport verify(Path stream, Path heads) throws IOException {
    String tenant = String.valueOf(stream.getFileName()).replaceFirst("\\.jsonl$", "");
    StreamWalk walk = new StreamWalk(tenant, keys, AnchoredHeads.read(heads, tenant, headKeys));
    if (!Files.exists(stream)) {
      return walk.missing();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(stream))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          walk.line(line.toByteArray());
          line.reset();
        } else {
          line.write(b);
        }
      }
      walk.end(line.size());
    }
    return walk.report();
  }

  /** Verifies every stream of a folder, and every one that a head attests. */
  public List<AuditReport> verifyAll(Path folder, Path anchors) throws IOException {
    Set<String> tenants = new TreeSet<>(named(folder, ".jsonl"));
    tenants.addAll(named(anchors, ".heads"));
    List<AuditReport> reports = new ArrayList<>();
    for (String tenant : tenants) {
      reports.add(verify(folder.resolve(tenant + ".jsonl"), anchors.resolve(tenant + ".heads")));
    }
    return reports;
  }

  private static List<String> named(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .toList();
    }
  }
}
