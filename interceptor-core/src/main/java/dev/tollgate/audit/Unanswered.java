package dev.tollgate.audit;

import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;

/** Whether a tool failed because nobody waited for its answer any longer. */
final class Unanswered {
  private static final int DEEPEST = 16; // causes may go in circles

  private Unanswered() {}

  /** The server may have done the work, or still be at it; one never reached has not. */
  static boolean by(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < DEEPEST; i++) {
      if (cause instanceof HttpConnectTimeoutException) {
        return false;
      }
      if (cause instanceof TimeoutException
          || cause instanceof HttpTimeoutException
          || cause instanceof SocketTimeoutException
          || cause instanceof InterruptedException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
