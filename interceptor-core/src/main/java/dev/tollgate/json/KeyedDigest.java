package dev.tollgate.json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keyed digests (HMAC-SHA-256): equal values can be matched by who holds the key, and guessed by
 * nobody else. Each tenant has a key of its own, derived from one. Thread-safe.
 */
public final class KeyedDigest {

  /** In characters: what a tool returns may be longer than anybody wants in memory twice. */
  private static final int LONG = 64 * 1024;

  private final Mac root;
  private final ConcurrentMap<String, TenantMac> tenants = new ConcurrentHashMap<>();

  public KeyedDigest(SecretKey key) {
    this.root = mac(key);
  }

  /** {@code hmac-sha256:} and the digest of the text's UTF-8 form, in base64url. */
  public String of(String tenant, String text) {
    if (text.length() > LONG) {
      return new DigestWriter(forTenant(tenant)).writeInParts(text);
    }
    TenantMac mac = tenant(tenant);
    DigestWriter writer = mac.take();
    String digest = writer.write(text);
    mac.giveBack(writer);
    return digest;
  }

  /** The canonical form of a value, and the digest of that. */
  public DigestedJson canonical(String tenant, JsonValue value) {
    TenantMac mac = tenant(tenant);
    DigestWriter writer = mac.take();
    DigestedJson digested = writer.write(value);
    mac.giveBack(writer);
    return digested;
  }

  /** A fresh, keyed MAC for one tenant. */
  public Mac forTenant(String tenant) {
    return copy(tenant(tenant).keyed);
  }

  private TenantMac tenant(String tenant) {
    TenantMac known = tenants.get(tenant);
    return known == null ? tenants.computeIfAbsent(tenant, t -> new TenantMac(derive(t))) : known;
  }

  /** A keyed MAC that is copied, and one copy that whoever comes first may use. */
  private static final class TenantMac {
    private final Mac keyed;
    private final AtomicReference<@Nullable DigestWriter> spare = new AtomicReference<>();

    TenantMac(Mac keyed) {
      this.keyed = keyed;
    }

    DigestWriter take() {
      DigestWriter free = spare.getAndSet(null);
      return free == null ? new DigestWriter(copy(keyed)) : free;
    }

    /** Not after a failure: half of what was digested may be in it. */
    void giveBack(DigestWriter writer) {
      spare.set(writer);
    }
  }

  private Mac derive(String tenant) {
    byte[] label = ("tollgate/tenant/" + tenant).getBytes(StandardCharsets.UTF_8);
    return mac(new SecretKeySpec(copy(root).doFinal(label), "HmacSHA256"));
  }

  private static Mac mac(SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no HmacSHA256", e);
    }
  }

  /** Copying a keyed Mac is an order of magnitude cheaper than making one. */
  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the security provider's HmacSHA256 cannot be copied", e);
    }
  }
}
