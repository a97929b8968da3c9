package dev.tollgate.cli;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong, in words: of a file, Java's exceptions often say no more than its name. */
final class Failure {
  private Failure() {}

  /** A text that may be foreign: it is not escaped. */
  static String told(Throwable failure) {
    if (failure instanceof UncheckedIOException io && io.getCause() != null) {
      return told(io.getCause());
    }
    if (failure instanceof FileSystemException io && io.getReason() == null) {
      return io.getFile() + ": " + what(io);
    }
    if (failure instanceof CharacterCodingException) {
      return "a file is not UTF-8";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String what(FileSystemException io) {
    if (io instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (io instanceof FileAlreadyExistsException) {
      return "is there already, and stays as it is";
    }
    if (io instanceof AccessDeniedException) {
      return "may not be opened";
    }
    return io instanceof NotDirectoryException ? "is no folder" : io.getClass().getSimpleName();
  }
}
