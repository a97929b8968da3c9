package dev.tollgate.springai.weave;

import org.jspecify.annotations.Nullable;

/** What is left of a method behind its join point; runs with the arguments it was called with. */
public interface MethodRest {
  @Nullable Object run();
}
