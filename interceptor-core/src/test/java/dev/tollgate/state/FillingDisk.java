package dev.tollgate.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A disk that can be full: then a write leaves half of its bytes behind and fails. */
final class FillingDisk implements StateLog.Opener {
  volatile boolean full;
  volatile boolean stuck;

  @Override
  public RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "rw") {
      @Override
      public void write(byte[] bytes) throws IOException {
        if (full) {
          super.write(bytes, 0, bytes.length / 2);
          throw new IOException("No space left on device");
        }
        super.write(bytes);
      }

      @Override
      public void setLength(long length) throws IOException {
        if (stuck) {
          throw new IOException("Input/output error");
        }
        super.setLength(length);
      }
    };
  }
}
