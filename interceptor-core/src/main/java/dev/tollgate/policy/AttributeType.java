package dev.tollgate.policy;

/** The type of an attribute, and what a {@link PolicyAttribute} reads it as. */
public enum AttributeType {
  /** A {@link String}; Cedar's {@code String}. */
  TEXT,
  /** A {@link Long}; Cedar's {@code Long}. */
  WHOLE,
  /** A {@link Boolean}; Cedar's {@code Bool}. */
  YES_NO,
  /** A {@link java.util.Set} of texts; Cedar's {@code Set<String>}. */
  TEXTS,
  /** An IP address as a {@link String}; Cedar's {@code ipaddr}. */
  ADDRESS
}
