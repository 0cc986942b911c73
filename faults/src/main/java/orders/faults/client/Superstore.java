package orders.faults.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The sample orders that come with the project, each a body for `POST /orders`.
public final class Superstore {
  /// What their totals add up to, in cents.
  public static final long CENTS = 229_717_667;

  public static final int COUNT = 5_009;

  private Superstore() {}

  /// @param file `examples/superstore-orders.jsonl.gz`
  public static List<String> orders(Path file) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
