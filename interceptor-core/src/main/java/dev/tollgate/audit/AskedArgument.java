package dev.tollgate.audit;

import java.util.Set;

/**
 * An argument that a model wrote, without its value.
 *
 * @param json its JSON type: {@code string}, {@code number}, {@code boolean}, {@code array}, {@code
 *     object} or {@code null}
 * @param fits the types of a manifest that it fits, such as {@code integer} and {@code decimal}
 * @param digest a keyed digest of its canonical form
 */
public record AskedArgument(String json, Set<String> fits, String digest) {
  public AskedArgument {
    fits = Set.copyOf(fits);
  }

  void write(RecordWriter out) {
    out.open()
        .field("json", json)
        .field("fits", fits.stream().sorted().toList())
        .field("digest", digest)
        .close();
  }
}
