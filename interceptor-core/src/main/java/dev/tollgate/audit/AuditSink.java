package dev.tollgate.audit;

import java.util.List;

/**
 * Keeps records. When {@link #append} returns, the operating system has them, in this order, all or
 * none. Thread-safe.
 */
public interface AuditSink extends AutoCloseable {

  /**
   * Appends records of one tenant.
   *
   * @throws AuditException if any of them could not be written
   */
  void append(List<AuditEntry> entries) throws AuditException;

  @Override
  void close();
}
