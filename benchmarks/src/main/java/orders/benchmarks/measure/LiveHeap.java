package orders.benchmarks.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What another JVM's objects take, garbage left out: the sum of a class histogram, before which
/// the JVM collects all garbage. Stacks of virtual threads are objects and are counted.
public final class LiveHeap {
  private LiveHeap() {}

  /// In bytes. Holds up that JVM for as long as a full collection takes.
  public static long of(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(List.of(jcmd, Long.toString(pid), "GC.class_histogram"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    var _ = process.waitFor();
    return total(output);
  }

  /// @param histogram ends with `Total <objects> <bytes>`
  static long total(String histogram) {
    return histogram
        .lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> Arrays.asList(line.strip().split("\\s+", -1)).getLast())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no class histogram:\n" + histogram));
  }
}
