package dev.tollgate.cedar;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What nobody knows of a call before it is made: all but who acts, for whom, why, and the tool. */
enum BeforeAnyCall implements Masked {
  INSTANCE;

  private static final Set<String> SETTLED =
      Set.of("subject", "agent", "model", "delegation", "intent", "tool", "environment");

  @Override
  public boolean hides(String record, @Nullable String member) {
    return !SETTLED.contains(record);
  }

  @Override
  public boolean doubts(String argument) {
    return true;
  }
}
