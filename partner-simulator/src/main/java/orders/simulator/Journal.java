package orders.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A file with one line of JSON for each call, for one process at a time.
///
/// What was appended survives the death of the process, though perhaps not of the machine: nothing
/// is synced. Not safe for several threads.
final class Journal implements AutoCloseable {
  private final FileChannel file;
  private long end;

  private Journal(FileChannel file) {
    this.file = file;
  }

  /// Opens the journal, made if there is none, and tells what it holds, oldest first. A last line
  /// that was not written to its end was never answered, and is dropped.
  ///
  /// @throws IOException if it cannot be read, is used by another process, or is no journal
  static Journal open(Path path, Consumer<Entry> entries) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() == null) {
        throw new IOException(path + " is used by another process");
      }
      Journal journal = new Journal(file);
      journal.read(path, entries);
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void read(Path path, Consumer<Entry> entries) throws IOException {
    // Not through another channel: to close that one would give up the lock.
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (all.hasRemaining() && file.read(all, all.position()) >= 0) {}
    byte[] bytes = all.array();
    int line = 0;
    for (int next = 0; next < bytes.length; next++) {
      if (bytes[next] == '\n') {
        line++;
        try {
          int start = (int) end;
          entries.accept(entry(Json.readObject(bytes, start, next - start)));
        } catch (BadRequest e) {
          throw new IOException(path + " is no journal: line " + line + ": " + e.getMessage(), e);
        }
        end = next + 1L;
      }
    }
    file.truncate(end);
  }

  /// Journals from before traces were kept go without them.
  private static Entry entry(ObjectNode line) throws BadRequest {
    if (line.get("call") instanceof ObjectNode call && !call.has("traceparent")) {
      call.putNull("traceparent");
    }
    return Json.read(line, Entry.class);
  }

  /// @throws IOException if it could not be written; it is then as it was
  void append(Entry entry) throws IOException {
    byte[] json = Json.write(entry);
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      long at = end;
      while (line.hasRemaining()) {
        at += file.write(line, at);
      }
      end = at;
    } catch (IOException e) {
      file.truncate(end);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
