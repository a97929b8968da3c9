package dev.tollgate.audit;

import dev.tollgate.fixture.Keys;
import dev.tollgate.reason.ReasonCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder of streams, and what somebody who can write to it may do. */
final class Folder {
  final Path path;
  final Path anchors;
  final Keys keys = new Keys();

  Folder(Path root) {
    this.path = root.resolve("audit");
    this.anchors = root.resolve("anchors");
  }

  FileAuditSink sink() {
    return sink(Durability.PROCESS);
  }

  FileAuditSink sink(Durability durability) {
    return new FileAuditSink(path, keys, durability, new FileAnchor(anchors));
  }

  static AuditEntry entry(String tenant, AuditRecord record) {
    return new AuditEntry(
        Instant.parse("2026-11-23T12:00:00Z"), tenant, "t-1", "c-1", "0af7", record);
  }

  static AuditEntry refused(String tenant) {
    return entry(tenant, new AuditRecord.Refused(ReasonCode.POLICY_FORBIDDEN));
  }

  /** A closed stream of acme with an opening record and five more. */
  Folder written() throws AuditException {
    try (FileAuditSink sink = sink()) {
      for (int i = 0; i < 5; i++) {
        sink.append(List.of(refused("acme")));
      }
    }
    return this;
  }

  Path stream() {
    return path.resolve("acme.jsonl");
  }

  Path heads() {
    return anchors.resolve("acme.heads");
  }

  List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(stream(), StandardCharsets.ISO_8859_1));
  }

  void write(List<String> lines) throws IOException {
    Files.write(stream(), lines, StandardCharsets.ISO_8859_1);
  }

  AuditReport verify() throws IOException {
    return new AuditVerifier(keys).verify(stream(), heads());
  }
}
