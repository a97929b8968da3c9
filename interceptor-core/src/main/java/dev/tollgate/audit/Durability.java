package dev.tollgate.audit;

/** What has happened to a record when its write returns. */
public enum Durability {
  /** The operating system has it: it survives the process. */
  PROCESS,
  /** The disk has it: it survives the machine. Writers that wait share one sync. */
  DISK
}
