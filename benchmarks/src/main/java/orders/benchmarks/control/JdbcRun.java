package orders.benchmarks.control;

import java.time.Duration;

/// What plain JDBC is to do.
///
/// @param pause from the begin of one order to that of the next, on each connection; zero for as
///   many as go
record JdbcRun(OneOrder form, int connections, Duration warmUp, Duration measured, Duration pause) {
  static JdbcRun parse(String line) {
    String[] words = line.split(" ", -1);
    return new JdbcRun(
        OneOrder.valueOf(words[0]),
        Integer.parseInt(words[1]),
        Duration.parse(words[2]),
        Duration.parse(words[3]),
        Duration.parse(words[4]));
  }

  String line() {
    return "%s %d %s %s %s".formatted(form, connections, warmUp, measured, pause);
  }
}
