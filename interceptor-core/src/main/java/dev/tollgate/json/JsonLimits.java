package dev.tollgate.json;

/**
 * How much the strict parser takes.
 *
 * @param maxBytes the longest text in UTF-8 bytes, 1 to 16,777,216
 * @param maxDepth the deepest nesting of arrays and objects, 1 to 500
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /** 256 KiB and 64 levels. */
  public static final JsonLimits DEFAULT = new JsonLimits(256 * 1024, 64);

  public JsonLimits {
    if (maxBytes < 1 || maxBytes > 16 * 1024 * 1024) {
      throw new IllegalArgumentException("maxBytes must be 1 to 16777216, not " + maxBytes);
    }
    if (maxDepth < 1 || maxDepth > 500) {
      throw new IllegalArgumentException("maxDepth must be 1 to 500, not " + maxDepth);
    }
  }
}
