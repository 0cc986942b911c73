package orders.faults.process;

import java.nio.file.Path;

/// What is started: jars, each with its libraries beside it.
public record Programs(Path server, Path partnerSimulator) {}
