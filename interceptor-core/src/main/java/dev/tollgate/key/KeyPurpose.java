package dev.tollgate.key;

/** What a key is for. No key serves two purposes. */
public enum KeyPurpose {
  /** Keyed digests of arguments, results and intents: 256-bit secret. */
  DIGEST("digest"),
  /** The chain of the audit: 256-bit secret. */
  AUDIT("audit"),
  /** The heads of the audit: EC P-256 key pair, ES256. */
  AUDIT_HEAD("audit-head"),
  /** The outbox of revocations: 256-bit secret, AES-GCM. */
  OUTBOX("outbox");

  private final String use;

  KeyPurpose(String use) {
    this.use = use;
  }

  /** What a key's {@code kid} starts with, before a slash: {@code audit/2026-11}. */
  public String prefix() {
    return use;
  }
}
