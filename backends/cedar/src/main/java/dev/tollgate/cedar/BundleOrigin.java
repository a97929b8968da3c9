package dev.tollgate.cedar;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.GateClock;
import dev.tollgate.bundle.BundleException;
import dev.tollgate.bundle.BundleFile;
import dev.tollgate.bundle.PolicyBundle;
import dev.tollgate.policy.PolicyOrigin;
import dev.tollgate.policy.PolicyVersion;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Policies from a signed bundle. The key is read once: another one takes a restart. */
final class BundleOrigin implements PolicyOrigin {
  private final Path file;
  private final ECKey key;
  private final ToolManifest manifest;
  private final GateClock clock;
  private @Nullable PolicyBundle inForce;

  BundleOrigin(Path file, ECKey key, ToolManifest manifest, GateClock clock) {
    this.file = file;
    this.key = key.toPublicJWK();
    this.manifest = manifest;
    this.clock = clock;
  }

  @Override
  public Found look() {
    PolicyBundle bundle = BundleFile.verify(file, key, clock.now());
    CedarPolicySet set = CedarPolicySet.of(bundle.name(), bundle.files());
    String digest =
        String.join(
            " ",
            Revision.of(set.sources(), List.of()),
            Long.toString(bundle.sequence()),
            bundle.expires().toString(),
            String.valueOf(bundle.notBefore()),
            String.valueOf(bundle.manifest()));
    return new Found() {
      @Override
      public String digest() {
        return digest;
      }

      /** Its signature covers all of it. */
      @Override
      public boolean whole() {
        return true;
      }

      @Override
      public PolicyVersion load(@Nullable PolicyVersion before) {
        PolicyBundle last = inForce;
        if (last != null) {
          bundle.requireAfter(last);
        }
        requireSameTools(bundle, last);
        PolicyVersion version = CedarVersion.load(set, manifest, bundle.expires());
        inForce = bundle;
        return version;
      }
    };
  }

  /** The gate's manifest is read at the start, so another one takes a restart. */
  private void requireSameTools(PolicyBundle next, @Nullable PolicyBundle last) {
    String text = next.manifest();
    boolean same =
        last == null
            ? text == null || same(ToolManifest.parse(text, file.toString()))
            : Objects.equals(text, last.manifest());
    if (!same) {
      throw new BundleException(
          file + ": the bundle brings another manifest than the gate started with; restart it");
    }
  }

  private boolean same(ToolManifest brought) {
    return locked(brought).tools().equals(manifest.tools())
        && brought.zones().equals(manifest.zones());
  }

  /** The gate's manifest has what its lock holds of each tool. */
  private ToolManifest locked(ToolManifest brought) {
    ToolLock lock = manifest.lock();
    return lock == null ? brought : brought.locked(lock);
  }
}
