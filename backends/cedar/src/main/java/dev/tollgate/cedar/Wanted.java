package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of an argument policies read.
 *
 * @param all whether every member is read
 * @param exact whether it is compared as a whole: a member that no schema speaks of must not hide
 *     from such a comparison
 * @param members what is read of each member, unless all are
 */
record Wanted(boolean all, boolean exact, Map<String, Wanted> members) {
  /** Only whether it is there. */
  static final Wanted PRESENCE = new Wanted(false, false, Map.of());

  /** The value itself, compared or passed on. */
  static final Wanted WHOLE = new Wanted(true, true, Map.of());

  /** Everything that is known, because nobody can tell what is read. */
  static final Wanted KNOWN = new Wanted(true, false, Map.of());

  Wanted {
    members = Map.copyOf(members);
  }

  /** What is read of a member; {@code null} if it is not read. */
  @Nullable Wanted member(String name) {
    return all ? this : members.get(name);
  }

  /** What paths read, each relative to the place this is asked for. */
  static Wanted of(List<ContextReads.Path> paths, int from) {
    Map<String, List<ContextReads.Path>> deeper = new HashMap<>();
    for (ContextReads.Path path : paths) {
      if (path.names().size() > from) {
        deeper.computeIfAbsent(path.names().get(from), name -> new ArrayList<>()).add(path);
      } else if (path.whole()) {
        return WHOLE;
      }
    }
    Map<String, Wanted> members = new HashMap<>();
    deeper.forEach((name, below) -> members.put(name, of(below, from + 1)));
    return members.isEmpty() ? PRESENCE : new Wanted(false, false, members);
  }
}
