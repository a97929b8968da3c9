package dev.tollgate.demo.office;

import java.time.Instant;

/** A mail as the mail server keeps it. */
public record Mail(String id, String from, String to, String subject, String body, Instant time) {}
