package dev.tollgate.cedar.author;

import dev.tollgate.tool.ToolManifest;
import org.jspecify.annotations.Nullable;

/** Where a file of cases finds its manifest. */
interface CaseManifests {
  /**
   * The manifest that a file names, or the one to take if it names none.
   *
   * @param name as the file has it; {@code null} if it has none
   * @return {@code null} if there is none
   */
  @Nullable ToolManifest find(@Nullable String name);
}
