package dev.tollgate.tool;

import java.util.Locale;

/** What a tool does to the world, from the least dangerous to the most. */
public enum Effect {
  READ,
  WRITE,
  SEND,
  SHARE,
  DELETE,
  PAY,
  EXECUTE,
  CREDENTIAL,
  /** Changes who may do what; also what an unlisted tool counts as. */
  ADMIN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name in manifests, policies and metrics, such as {@code read}. */
  public String text() {
    return text;
  }
}
