package dev.tollgate.demo.office;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The user's mailbox. Thread-safe. */
public final class Mailbox {
  private final String owner;
  private final List<Mail> inbox;
  private final List<Mail> sent = new CopyOnWriteArrayList<>();

  Mailbox(String owner, List<Mail> inbox) {
    this.owner = owner;
    this.inbox = List.copyOf(inbox);
  }

  public List<Mail> inbox() {
    return inbox;
  }

  /** What was sent since the start, oldest first. */
  public List<Mail> sent() {
    return List.copyOf(sent);
  }

  synchronized Mail send(String to, String subject, String body) {
    String id = "out-" + (sent.size() + 1);
    Mail mail = new Mail(id, owner, to, subject, body, Instant.now());
    sent.add(mail);
    return mail;
  }
}
