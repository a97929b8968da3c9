package dev.tollgate.cedar;

import dev.tollgate.policy.PolicyOrigin;
import dev.tollgate.policy.PolicyVersion;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies from a folder. */
final class FolderOrigin implements PolicyOrigin {
  private final Path folder;
  private final ToolManifest manifest;

  FolderOrigin(Path folder, ToolManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  @Override
  public Found look() {
    CedarPolicySet set = CedarPolicySet.folder(folder);
    String digest = Revision.of(set.sources(), List.of());
    return new Found() {
      @Override
      public String digest() {
        return digest;
      }

      /** Somebody may be copying files into it right now. */
      @Override
      public boolean whole() {
        return false;
      }

      @Override
      public PolicyVersion load(@Nullable PolicyVersion before) {
        return CedarVersion.load(set, manifest, null);
      }
    };
  }
}
