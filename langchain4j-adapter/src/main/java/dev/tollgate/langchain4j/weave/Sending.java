package dev.tollgate.langchain4j.weave;

import io.a2a.client.transport.spi.interceptors.ClientCallContext;
import io.a2a.spec.Message;
import org.jspecify.annotations.Nullable;

/** A message that an aspect stopped; it is sent if the gate says so. */
@FunctionalInterface
public interface Sending {

  /**
   * Sends it.
   *
   * @param message the words, with metadata
   * @param context with the headers of the request; {@code null} for none
   */
  void with(Message message, @Nullable ClientCallContext context) throws Exception;
}
