package dev.tollgate.config;

import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.tool.ToolManifest;
import java.nio.file.Path;
import java.util.Map;

/** Makes a policy decision point from configuration. Found by {@link java.util.ServiceLoader}. */
public interface PolicyProvider {

  /** What {@code tollgate.policy.engine} calls it. */
  String name();

  /** The {@code tollgate.*} keys it reads. */
  Iterable<String> keys();

  /**
   * The files and folders among its settings that decide on what is permitted, by key: the start is
   * refused if this process can write them.
   */
  default Map<String, Path> places(Settings settings) {
    return Map.of();
  }

  /**
   * Gets ready what takes long and depends on no setting, such as a native library. Called on a
   * thread of its own, possibly while {@link #create} runs, or not at all. What fails here has to
   * fail again there. It initialises no class whose initialiser could wait for another thread's:
   * the two would wait for each other for ever.
   */
  default void prepare() {}

  /**
   * Goes once through what {@link #create} and what it makes will do, with policies of its own for
   * the tools of a manifest that is no one's, and keeps nothing of it. Called on a thread of its
   * own before {@link #create}, which comes when this is over, or not at all. What fails here has
   * to fail again there.
   */
  default void rehearse(ToolManifest manifest) {
    prepare();
  }

  /**
   * Makes the decision point. Whoever called this closes it.
   *
   * @throws RuntimeException if the policies do not load; the start fails with its message
   */
  PolicyDecisionPoint create(Settings settings, ToolManifest manifest);
}
