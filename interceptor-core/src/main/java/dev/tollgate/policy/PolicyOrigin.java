package dev.tollgate.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where policies are kept, to be looked at again and again. Asked by one thread at a time. What
 * cannot be read or does not load is an exception, whose message is for people.
 */
public interface PolicyOrigin {

  /** Reads what is there now, whole. */
  Found look();

  /** What was found, not loaded yet. */
  interface Found {
    /** A digest of everything that was found: another one means that something changed. */
    String digest();

    /**
     * Whether it is known to be whole. A folder may be half written: then it is loaded only when it
     * is found unchanged at the next look.
     */
    boolean whole();

    /**
     * Loads it.
     *
     * @param before what is in force; {@code null} at the start
     */
    PolicyVersion load(@Nullable PolicyVersion before);
  }
}
