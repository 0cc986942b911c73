package orders.benchmarks.control;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// HTTP alone, by a process of its own: what the driver and the HTTP server can do at most. Closing
/// it kills it.
public final class MemoryServer implements AutoCloseable {
  private final ControlProcess process;
  private final URI address;

  private MemoryServer(ControlProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Returns once it listens.
  ///
  /// @param classPath the jar of this module
  public static MemoryServer start(Path classPath, Path log) throws IOException {
    ControlProcess process =
        ControlProcess.start(classPath, MemoryProgram.class, log, List.of(), List.of());
    return new MemoryServer(process, URI.create("http://127.0.0.1:" + process.read()));
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
