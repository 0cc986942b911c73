package orders.http;

import java.util.function.LongSupplier;
import orders.http.jetty.Limits;
import orders.http.stream.StreamSettings;

/// What nobody has to set, except for tests that have neither half a minute nor ten thousand
/// clients.
///
/// @param nanoTime by which requests are counted
record Tuning(Limits limits, StreamSettings streams, LongSupplier nanoTime) {
  static final Tuning USUAL = new Tuning(Limits.DEFAULT, StreamSettings.DEFAULT, System::nanoTime);

  Tuning with(Limits others) {
    return new Tuning(others, streams, nanoTime);
  }

  Tuning with(StreamSettings others) {
    return new Tuning(limits, others, nanoTime);
  }

  Tuning with(LongSupplier other) {
    return new Tuning(limits, streams, other);
  }
}
