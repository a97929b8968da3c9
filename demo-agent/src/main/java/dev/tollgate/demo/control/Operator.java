package dev.tollgate.demo.control;

import dev.tollgate.approval.Approver;
import dev.tollgate.demo.world.DemoFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Who sits at the terminal: the operating system's user, whom the system authenticated, and whom it
 * lets read the folder's keys. A name that somebody types would be nobody's proof. An agent must
 * not run as this user: whoever can read the keys can answer.
 *
 * @param name {@code os:} and the user's name
 */
record Operator(String name) {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  static Operator of(DemoFolder folder) throws IOException {
    Path keys = folder.resolve("keys.jwks");
    if (!OWNERS.containsAll(Files.getPosixFilePermissions(keys))) {
      throw new IOException(keys + " is open to others, so it proves nothing: chmod 600 it");
    }
    // The system says whose a new file is; a property of the JVM is whatever its caller sets.
    Path probe = Files.createTempFile(folder.resolve(""), ".operator", "");
    try {
      return new Operator("os:" + Files.getOwner(probe).getName());
    } finally {
      Files.delete(probe);
    }
  }

  Approver approver(String tenant) {
    return Approver.person(tenant, name, null);
  }
}
