package dev.tollgate.config;

/** A setting that keeps the gate from starting. The message names the key and what is wrong. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String key, String problem) {
    super(key + " " + problem + " (see docs/configuration.md)");
  }
}
