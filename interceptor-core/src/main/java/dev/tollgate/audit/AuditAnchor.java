package dev.tollgate.audit;

import java.io.IOException;

/**
 * Keeps signed heads of audit streams where whoever can change the stream should not reach.
 * Thread-safe.
 */
@FunctionalInterface
public interface AuditAnchor {

  /**
   * Keeps a head.
   *
   * @param tenant whose stream
   * @param head a compact JWS over stream, sequence number, MAC and time
   */
  void publish(String tenant, String head) throws IOException;
}
