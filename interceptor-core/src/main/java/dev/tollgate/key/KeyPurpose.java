package dev.tollgate.key;

/** What a key is for. No key serves two purposes. */
public enum KeyPurpose {
  /** Keyed digests of arguments, results and intents: 256-bit secret. */
  DIGEST("digest", false),
  /** The chain of the audit: 256-bit secret. */
  AUDIT("audit", false),
  /** The heads of the audit: EC P-256 key pair, ES256. */
  AUDIT_HEAD("audit-head", true),
  /** The outbox of revocations: 256-bit secret, AES-GCM. */
  OUTBOX("outbox", false),
  /** Requests for approval at rest: 256-bit secret, AES-GCM. */
  APPROVAL("approval", false),
  /** Delegation contexts: EC P-256 key pair, ES256. */
  DELEGATION("delegation", true);

  private final String use;
  private final boolean signs;

  KeyPurpose(String use, boolean signs) {
    this.use = use;
    this.signs = signs;
  }

  /** Whether its keys sign (EC P-256); the others are 256-bit secrets. */
  public boolean signs() {
    return signs;
  }

  /** What a key's {@code kid} starts with, before a slash: {@code audit/2026-11}. */
  public String prefix() {
    return use;
  }
}
