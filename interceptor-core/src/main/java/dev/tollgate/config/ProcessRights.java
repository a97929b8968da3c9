package dev.tollgate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operating system lets this process do. An owner counts as a writer, since it can give
 * itself the right; root can write whatever is not mounted read-only.
 */
final class ProcessRights implements WriteProtection.Rights {
  private static final int STICKY = 01000;

  /**
   * Who owns a file and where it is.
   *
   * @param sticky whether only owners rename what is in the folder
   */
  private record Inode(boolean mine, boolean sticky, long device) {}

  @Override
  public boolean mayWrite(Path path) throws IOException {
    return Files.isWritable(path) || (inode(path).mine() && !Files.getFileStore(path).isReadOnly());
  }

  @Override
  public boolean mayReplace(Path parent, Path child) throws IOException {
    if (!mayWrite(parent)) {
      return false;
    }
    if (!Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    Inode above = inode(parent);
    Inode below = inode(child);
    boolean mounted = above.device() != below.device(); // nobody renames a mount point
    return !mounted && (!above.sticky() || above.mine() || below.mine());
  }

  private static Inode inode(Path path) throws IOException {
    try {
      Map<String, Object> all =
          Files.readAttributes(path, "unix:uid,mode,dev", LinkOption.NOFOLLOW_LINKS);
      int uid = number(all, "uid").intValue();
      Integer mine = uid();
      return new Inode(
          mine == null ? byName(path) : mine == 0 || mine == uid,
          (number(all, "mode").intValue() & STICKY) != 0,
          number(all, "dev").longValue());
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return new Inode(byName(path), false, 0); // no Unix
    }
  }

  private static Number number(Map<String, Object> all, String name) throws IOException {
    if (all.get(name) instanceof Number number) {
      return number;
    }
    throw new IOException("no attribute " + name);
  }

  private static boolean byName(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
        .getName()
        .equals(System.getProperty("user.name"));
  }

  /** Who this process runs as; {@code null} where only Linux would know. */
  private static @Nullable Integer uid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          ? uid
          : null;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
