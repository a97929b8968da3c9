package dev.tollgate.delegation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the signed text of a delegation travels beside the work it is for: as a header, and as an
 * entry of a message's metadata (MCP's {@code _meta}, A2A's {@code metadata}). It is no credential,
 * but for its receiver only.
 */
public final class DelegationText {
  /** The header: that of the Transaction Token draft. */
  public static final String HEADER = "Txn-Token";

  /** The entry of the metadata. */
  public static final String METADATA = "dev.tollgate/delegation";

  private DelegationText() {}

  /** The header that carries it. */
  public static Map<String, String> headers(String signed) {
    return Map.of(HEADER, signed);
  }

  /** The metadata that carries it. */
  public static Map<String, Object> metadata(String signed) {
    return Map.of(METADATA, signed);
  }

  /**
   * What arrived, for {@link Delegations#accept}. Headers have names in any case. It is empty where
   * nothing arrived, where what arrived is no text, and where several differ: nobody says which one
   * counts, and {@code accept} refuses the empty text.
   *
   * @param headers the request's, {@code null} where the transport has none
   * @param metadata the message's, {@code null} if it has none
   */
  public static String received(
      @Nullable Map<String, ?> headers, @Nullable Map<String, ?> metadata) {
    String found = "";
    if (headers != null) {
      for (Map.Entry<String, ?> header : headers.entrySet()) {
        if (HEADER.equalsIgnoreCase(header.getKey())) {
          if (!(header.getValue() instanceof String text) || differ(found, text)) {
            return "";
          }
          found = text;
        }
      }
    }
    if (metadata != null && metadata.containsKey(METADATA)) {
      return metadata.get(METADATA) instanceof String text && !differ(found, text) ? text : "";
    }
    return found;
  }

  private static boolean differ(String found, String text) {
    return !found.isEmpty() && !found.equals(text);
  }
}
