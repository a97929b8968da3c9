package dev.tollgate.json;

/**
 * A JSON value in canonical form (RFC 8785).
 *
 * @param text the form
 * @param digest its keyed digest
 */
public record DigestedJson(String text, String digest) {
  /** Only the digest: a model or a user wrote the values. */
  @Override
  public String toString() {
    return "DigestedJson[" + digest + "]";
  }
}
