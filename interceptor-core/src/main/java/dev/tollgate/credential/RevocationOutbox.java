package dev.tollgate.credential;

import java.util.List;

/**
 * Remembers what must still be revoked, durably and encrypted, from before a credential is handed
 * over until its end is certain. Thread-safe.
 */
public interface RevocationOutbox {

  /** A credential that may still be alive. */
  record Pending(String lease, IssuedCredential credential) {}

  /**
   * Stores a lease. When this returns it survives the end of the process.
   *
   * @throws OutboxException if it could not be stored
   */
  void put(String lease, IssuedCredential credential) throws OutboxException;

  /** Forgets a lease that has ended; an unknown one is nothing to forget. */
  void remove(String lease);

  /** What an earlier process left behind. An entry that cannot be read is logged and kept. */
  List<Pending> pending();
}
