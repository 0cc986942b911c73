package orders.faults;

import java.nio.file.Path;
import java.util.Optional;
import orders.faults.process.Programs;

/// Where the parts of the project are, seen from this module.
final class Project {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path JAR = ROOT.resolve("bootstrap/target/orders.jar");
  static final Programs PROGRAMS =
      new Programs(
          JAR,
          ROOT.resolve("partner-simulator/target/partner-simulator.jar"),
          Optional.of(ROOT.resolve("faults/target/faults-clock.jar")));
  static final Path SUPERSTORE = ROOT.resolve("examples/superstore-orders.jsonl.gz");

  private Project() {}
}
