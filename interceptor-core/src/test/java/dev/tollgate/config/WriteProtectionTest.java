package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write the policies needs no permit. */
class WriteProtectionTest {
  @TempDir Path temp;
  private Path folder = Path.of("");
  private final Set<Path> writable = new HashSet<>();
  private final WriteProtection protection =
      new WriteProtection(
          new WriteProtection.Rights() {
            @Override
            public boolean mayWrite(Path path) {
              return writable.contains(path);
            }

            @Override
            public boolean mayReplace(Path parent, Path child) {
              return writable.contains(parent);
            }
          });

  @BeforeEach
  void lay() throws IOException {
    folder = Files.createDirectories(temp.toRealPath().resolve("etc/policies"));
    Files.writeString(folder.resolve("a.cedar"), "");
    Files.writeString(folder.resolve("b.cedar"), "");
  }

  @Test
  void aFolderThatThisProcessMadeIsNotProtected() {
    assertThat(new WriteProtection(new ProcessRights()).weakness(folder)).isNotNull();
  }

  @Test
  void aFolderOfSomebodyElseIs() {
    assertThat(protection.weakness(folder)).isNull();
  }

  @Test
  void aSingleFileAFolderOrTheWayToItMakesTheDifference() throws IOException {
    for (Path weak :
        new Path[] {folder.resolve("b.cedar"), folder, folder.resolve(".."), temp.toRealPath()}) {
      writable.clear();
      writable.add(weak.normalize());
      assertThat(protection.weakness(folder)).isEqualTo(weak.normalize());
    }
  }

  @Test
  void aLinkIsFollowedAlsoOnTheWay() throws IOException {
    Path shelf = Files.createDirectories(temp.toRealPath().resolve("store"));
    Path store = Files.createDirectory(shelf.resolve("v2"));
    Path file = Files.writeString(store.resolve("c.cedar"), "");
    Path etc = folder.resolveSibling("linked");
    Files.createSymbolicLink(etc, shelf.resolve("current"));
    Files.createSymbolicLink(shelf.resolve("current"), store);
    assertThat(protection.weakness(etc)).isNull();
    for (Path weak : new Path[] {store, shelf}) {
      writable.clear();
      writable.add(weak);
      assertThat(protection.weakness(etc)).as("%s", weak).isEqualTo(weak);
    }
    writable.clear();
    writable.add(file);
    Files.createSymbolicLink(folder.resolve("c.cedar"), file);
    assertThat(protection.weakness(folder)).isEqualTo(file);
  }

  /** A folder on the way may be a link to a link, and each of them leads through folders. */
  @Test
  void aChainOfLinksOnTheWayIsFollowedToItsEnd() throws IOException {
    Path root = temp.toRealPath();
    Path real = Files.createDirectories(root.resolve("real/shelf"));
    Files.createDirectory(real.resolve("policies"));
    Path far = Files.createDirectory(root.resolve("far"));
    Path near = Files.createDirectory(root.resolve("near"));
    Files.createSymbolicLink(far.resolve("hop"), real);
    Files.createSymbolicLink(near.resolve("hop"), far.resolve("hop"));
    Path place = near.resolve("hop").resolve("policies");
    assertThat(protection.weakness(place)).isNull();
    for (Path weak : new Path[] {near, far, real.getParent(), real}) {
      writable.clear();
      writable.add(weak);
      assertThat(protection.weakness(place)).as("%s", weak).isNotNull();
    }
  }

  /** {@code link/..} is beside where the link leads, not beside the link. */
  @Test
  void aStepBackOutOfALinkIsTakenAsTheSystemTakesIt() throws IOException {
    Path root = temp.toRealPath();
    Path there = Files.createDirectories(root.resolve("there/deep"));
    Path policies = Files.createDirectory(root.resolve("there/policies"));
    Files.createSymbolicLink(root.resolve("link"), there);
    Path place = root.resolve("link/../policies");
    assertThat(protection.weakness(place)).isNull();
    writable.add(policies);
    assertThat(protection.weakness(place)).isEqualTo(policies);
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Path link = folder.resolve("c.cedar");
    Files.createSymbolicLink(link, link);
    assertThat(protection.weakness(folder)).isNull();
  }

  @Test
  void whatCannotBeExaminedCountsAsOpen() {
    WriteProtection blind =
        new WriteProtection(
            new WriteProtection.Rights() {
              @Override
              public boolean mayWrite(Path path) throws IOException {
                throw new IOException("no right to look");
              }

              @Override
              public boolean mayReplace(Path parent, Path child) throws IOException {
                throw new IOException("no right to look");
              }
            });
    assertThat(blind.weakness(folder)).isEqualTo(folder);
  }

  @Test
  void theStartIsRefusedWithARemedyUnlessItIsAllowed() {
    Map<String, Path> places = Map.of("tollgate.policy.folder", folder);
    Settings none = new Settings(Map.of());
    assertThat(protection.require(none, places)).isEmpty();
    writable.add(folder);
    assertThatThrownBy(() -> protection.require(none, places))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("tollgate.policy.folder is " + folder)
        .hasMessageContaining("mount them read-only")
        .hasMessageContaining("tollgate.policy.folder-writable: allow");
    assertThat(
            protection.require(
                new Settings(Map.of("tollgate.policy.folder-writable", "allow")), places))
        .containsExactly("tollgate.policy.folder " + folder);
    assertThatThrownBy(
            () ->
                protection.require(
                    new Settings(Map.of("tollgate.policy.folder-writable", "yes")), places))
        .hasMessageContaining("must be one of");
  }
}
