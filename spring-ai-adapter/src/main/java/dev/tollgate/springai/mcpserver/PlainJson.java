package dev.tollgate.springai.mcpserver;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/**
 * Between the texts of the gate and the maps of the MCP SDK. With a parser that the core has
 * anyway: the lines of Spring AI bring different ones.
 */
final class PlainJson {
  private PlainJson() {}

  /**
   * Writes an object.
   *
   * @throws IllegalArgumentException if it holds what JSON has not
   */
  static String write(Map<?, ?> object) {
    try {
      @SuppressWarnings("unchecked") // names that are no texts are written as such
      Map<String, ?> members = (Map<String, ?>) object;
      return JSONObjectUtils.toJSONString(members);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    }
  }

  /** Reads what the gate has accepted. */
  static Map<String, Object> read(String canonical) {
    try {
      return JSONObjectUtils.parse(canonical);
    } catch (ParseException e) {
      throw new IllegalArgumentException("is no JSON object", e);
    }
  }
}
