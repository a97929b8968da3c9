package dev.tollgate.audit;

import com.nimbusds.jose.jwk.ECKey;
import dev.tollgate.key.KeyPurpose;
import dev.tollgate.key.KeySource;
import dev.tollgate.state.SoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audit streams in a folder: {@code <tenant>.jsonl} for each tenant, with signed heads handed to an
 * anchor every so many records or seconds and at the end. One process writes to a folder.
 */
public final class FileAuditSink implements AuditSink {
  private static final Logger log = LoggerFactory.getLogger(FileAuditSink.class);
  private static final int HEAD_EVERY_RECORDS = 1000;
  private static final Duration HEAD_EVERY = Duration.ofSeconds(5);

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  private final Path folder;
  private final AuditKeys keys;
  private final ECKey signer;
  private final boolean disk;
  private final AuditAnchor anchor;
  private final SoleProcess sole;
  private final Map<String, AuditStream> streams = new ConcurrentHashMap<>();
  private final Map<String, Long> attested = new ConcurrentHashMap<>();
  private final AtomicLong sinceHead = new AtomicLong();
  private final ScheduledExecutorService heads;
  private volatile boolean closed;

  /**
   * Opens the folder.
   *
   * @throws IllegalStateException if the folder cannot be used, or another process writes to it
   */
  public FileAuditSink(
      Path folder, KeySource keySource, Durability durability, AuditAnchor anchor) {
    this.folder = folder;
    this.keys = AuditKeys.of(keySource);
    this.signer = keySource.signers(KeyPurpose.AUDIT_HEAD).get(0);
    this.disk = durability == Durability.DISK;
    this.anchor = anchor;
    this.sole = sole(folder);
    this.heads =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tollgate-audit-heads");
              thread.setDaemon(true);
              return thread;
            });
    long every = HEAD_EVERY.toMillis();
    var unused =
        heads.scheduleWithFixedDelay(this::publishHeads, every, every, TimeUnit.MILLISECONDS);
  }

  @Override
  public void append(List<AuditEntry> entries) throws AuditException {
    if (entries.isEmpty()) {
      return;
    }
    String tenant = entries.get(0).tenant();
    if (ofOne(tenant, entries)) {
      stream(tenant).append(entries);
    } else {
      for (AuditEntry entry : entries) { // calls of two tenants were proposed together
        stream(entry.tenant()).append(List.of(entry));
      }
    }
    if (sinceHead.addAndGet(entries.size()) >= HEAD_EVERY_RECORDS && !closed) {
      sinceHead.set(0);
      try {
        heads.execute(this::publishHeads);
      } catch (RejectedExecutionException e) {
        log.debug("audit: closing publishes the head");
      }
    }
  }

  private static boolean ofOne(String tenant, List<AuditEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).tenant().equals(tenant)) {
        return false;
      }
    }
    return true;
  }

  private AuditStream stream(String tenant) throws AuditException {
    AuditStream open = streams.get(tenant);
    if (open != null) {
      return open;
    }
    synchronized (streams) {
      open = streams.get(tenant);
      if (closed) {
        throw new AuditException("the audit is closed");
      }
      if (!TENANT.matcher(tenant).matches()) {
        throw new AuditException("a stream cannot be named after this tenant");
      }
      if (open == null) {
        try {
          open =
              AuditStream.open(
                  folder.resolve(tenant + ".jsonl"), tenant, keys, Instant.now(), disk);
        } catch (IOException e) {
          throw new AuditException("the stream of " + tenant + " cannot be opened in " + folder, e);
        }
        streams.put(tenant, open);
      }
      return open;
    }
  }

  private synchronized void publishHeads() {
    streams.forEach(
        (tenant, stream) -> {
          AuditHead head = stream.head();
          if (head.seq() == attested.getOrDefault(tenant, 0L)) {
            return;
          }
          try {
            anchor.publish(tenant, head.sign(signer, Instant.now()));
            attested.put(tenant, head.seq());
          } catch (IOException | RuntimeException e) {
            log.error("audit: the head of the stream of {} could not be anchored", tenant, e);
          }
        });
  }

  @Override
  public void close() {
    synchronized (streams) {
      if (closed) {
        return;
      }
      closed = true;
    }
    heads.shutdownNow();
    streams.values().forEach(AuditStream::seal);
    publishHeads();
    for (AuditStream stream : streams.values()) {
      closeQuietly(stream);
    }
    closeQuietly(sole);
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("audit: closing failed", e);
    }
  }

  private static SoleProcess sole(Path folder) {
    try {
      Files.createDirectories(folder);
      return SoleProcess.of(folder.resolve(".lock"), "audit", folder);
    } catch (IOException e) {
      throw new IllegalStateException(
          "audit: cannot write to " + folder + "; check tollgate.audit.folder", e);
    }
  }
}
