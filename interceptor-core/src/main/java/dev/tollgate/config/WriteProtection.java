package dev.tollgate.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether this process could change what decides on its calls: the file, what lies in the
 * folder, and whatever the path to it leads through, since what can be renamed can be replaced.
 */
final class WriteProtection {
  static final String KEY = "tollgate.policy.folder-writable";
  private static final Logger log = LoggerFactory.getLogger(WriteProtection.class);

  /** What this process may do to files. */
  interface Rights {
    /** Whether it can change a file, or what is in a folder. */
    boolean mayWrite(Path path) throws IOException;

    /** Whether it can put something else in the child's place. */
    boolean mayReplace(Path parent, Path child) throws IOException;
  }

  private final Rights rights;

  WriteProtection(Rights rights) {
    this.rights = rights;
  }

  /**
   * The places that are not protected, where that is allowed.
   *
   * @param places files and folders by their keys
   * @throws ConfigurationException if one is not protected and that is not allowed
   */
  List<String> require(Settings settings, Map<String, Path> places) {
    boolean allowed = settings.oneOf(KEY, "refuse", "refuse", "allow").equals("allow");
    List<String> found = new ArrayList<>();
    places.forEach(
        (key, place) -> {
          Path weak = weakness(place);
          if (weak != null && !allowed) {
            throw new ConfigurationException(
                key,
                "is "
                    + place
                    + ", but this process can write "
                    + weak
                    + ", so whoever gets into it could permit itself everything. Give the files to"
                    + " another user or mount them read-only, or sign them (tollgate policy bundle"
                    + " sign), or accept it with "
                    + KEY
                    + ": allow");
          }
          if (weak != null) {
            log.warn("{} is {}, and this process can write {}", key, place, weak);
            found.add(key + " " + place);
          }
        });
    return List.copyOf(found);
  }

  /** The first thing that this process could change; {@code null} if there is none. */
  @Nullable Path weakness(Path place) {
    Path start = place.toAbsolutePath().normalize();
    try {
      Set<Path> seen = new HashSet<>();
      Path weak = own(start, seen);
      if (weak == null && Files.exists(place)) {
        // What is read in the end: steps back out of links do not lead where they seem to.
        start = place.toRealPath();
        weak = own(start, seen);
      }
      if (weak != null || !Files.isDirectory(start)) {
        return weak;
      }
      try (Stream<Path> entries = Files.list(start)) {
        for (Path entry : entries.sorted().toList()) {
          weak = own(entry, seen);
          if (weak != null) {
            return weak;
          }
        }
      }
      return null;
    } catch (IOException | UncheckedIOException e) {
      log.warn("{} cannot be examined", start, e);
      return start; // nobody knows, so it counts as open
    }
  }

  /** Something whose content counts, where it is and, if it is a link, where that leads. */
  private @Nullable Path own(Path path, Set<Path> seen) throws IOException {
    Path weak = way(path, seen);
    if (weak != null) {
      return weak;
    }
    if (Files.isSymbolicLink(path) && Files.exists(path)) { // so the links do not go in a circle
      return own(target(path), seen);
    }
    return Files.exists(path) && rights.mayWrite(path) ? path : null;
  }

  /** The way to something, folder by folder. */
  private @Nullable Path way(Path path, Set<Path> seen) throws IOException {
    Path parent = path.getParent();
    if (parent == null || !seen.add(path)) {
      return null;
    }
    if (Files.exists(parent) && rights.mayReplace(parent, path)) {
      return parent;
    }
    Path weak = link(parent, seen);
    return weak == null ? way(parent, seen) : weak;
  }

  /** The way to where a link leads, and on if that is a link too. */
  private @Nullable Path link(Path path, Set<Path> seen) throws IOException {
    if (!Files.isSymbolicLink(path) || !Files.exists(path)) {
      return null;
    }
    Path target = target(path);
    Path weak = way(target, seen);
    return weak == null ? link(target, seen) : weak;
  }

  private static Path target(Path link) throws IOException {
    return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
  }
}
