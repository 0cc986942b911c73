package orders.benchmarks.driver;

import java.time.Duration;

/// What a driver does for a while.
///
/// @param connections over all addresses and threads
/// @param warmUp not measured, at the same load
/// @param measured after that
public record Load(Pace pace, int connections, Duration warmUp, Duration measured) {
  /// When requests are sent.
  public sealed interface Pace {
    /// On each connection as soon as the one before is answered, if the gate lets it.
    record Closed(Gate gate) implements Pace {}

    /// At times that do not depend on any answer.
    record Open(double perSecond) implements Pace {}
  }

  public Load {
    if (connections < 1 || warmUp.isNegative() || !measured.isPositive()) {
      throw new IllegalArgumentException("no load is no load");
    }
  }

  /// As much as the server takes.
  public static Load closed(int connections, Duration warmUp, Duration measured) {
    return new Load(new Pace.Closed(Gate.OPEN), connections, warmUp, measured);
  }

  public static Load open(double perSecond, int connections, Duration warmUp, Duration measured) {
    return new Load(new Pace.Open(perSecond), connections, warmUp, measured);
  }
}
