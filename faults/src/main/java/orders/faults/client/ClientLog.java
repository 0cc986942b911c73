package orders.faults.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What clients asked for and what they were told, a JSON object a line: one before each request is
/// sent, and one after its answer, each on disk before the client goes on.
///
/// Lines that come at the same time share one write to disk. Safe from any thread.
public final class ClientLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Line end = new Line("", new CompletableFuture<>());
  private final FileChannel file;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final AtomicLong count = new AtomicLong();

  private record Line(String text, CompletableFuture<Void> onDisk) {}

  private ClientLog(FileChannel file) {
    this.file = file;
    Thread.ofPlatform().name("client-log").start(this::write);
  }

  /// @param path of a file that need not exist
  public static ClientLog open(Path path) throws IOException {
    return new ClientLog(
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /// Before a request is sent.
  ///
  /// @return its number, by which the line about its answer is found
  public long asks(String method, String path, int node, String key) {
    long n = count.incrementAndGet();
    put(line(n).put("method", method).put("path", path).put("node", node).put("key", key));
    return n;
  }

  /// After an answer.
  public void hears(long n, Duration took, int status, String body) {
    put(line(n).put("took_ms", took.toMillis()).put("status", status).put("body", body));
  }

  /// After a request without an answer.
  public void hearsNothing(long n, Duration took, String why) {
    put(line(n).put("took_ms", took.toMillis()).putNull("status").put("why", why));
  }

  private static ObjectNode line(long n) {
    return JSON.createObjectNode().put("n", n).put("at", Instant.now().toString());
  }

  private void put(ObjectNode line) {
    put(new Line(line + "\n", new CompletableFuture<>()));
  }

  private void put(Line line) {
    lines.add(line);
    line.onDisk().orTimeout(1, TimeUnit.MINUTES).join();
  }

  private void write() {
    try {
      List<Line> batch = new ArrayList<>();
      while (!batch.contains(end)) {
        batch.clear();
        batch.add(lines.take());
        lines.drainTo(batch);
        StringBuilder text = new StringBuilder();
        batch.forEach(line -> text.append(line.text()));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
        batch.forEach(line -> line.onDisk().complete(null));
      }
    } catch (IOException e) {
      // Nobody may go on whose line is not on disk.
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Nothing may be put any more.
  @Override
  public void close() throws IOException {
    try {
      put(end);
    } finally {
      file.close();
    }
  }
}
