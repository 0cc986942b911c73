package orders.faults.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Prints what this JVM takes for the time until somebody ends it, and how long a moment takes.
final class SayTime {
  private SayTime() {}

  public static void main(String[] arguments) throws Exception {
    while (true) {
      long begin = System.nanoTime();
      Thread.sleep(Duration.ofMillis(10));
      long moment = System.nanoTime() - begin;
      System.out.printf(
          "%d %d %d %d %d%n",
          System.currentTimeMillis(),
          Instant.now().toEpochMilli(),
          Clock.systemUTC().millis(),
          InstantSource.system().millis(),
          moment / 1_000_000);
    }
  }
}
