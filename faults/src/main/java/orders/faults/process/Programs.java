package orders.faults.process;

import java.nio.file.Path;
import java.util.Optional;

/// What is started: jars, each with its libraries beside it.
///
/// @param clockAgent the jar of [orders.faults.clock.ClockAgent], for servers whose clocks are to
///   be moved
public record Programs(Path server, Path partnerSimulator, Optional<Path> clockAgent) {}
