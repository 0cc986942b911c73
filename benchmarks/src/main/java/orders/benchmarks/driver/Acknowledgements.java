package orders.benchmarks.driver;

import java.util.Arrays;
import java.util.UUID;

/// The ids that were acknowledged, and when. Not safe for several threads.
public final class Acknowledgements {
  private long[] highs = new long[1 << 12];
  private long[] lows = new long[1 << 12];
  private long[] nanos = new long[1 << 12];
  private int size;

  void add(long high, long low, long nanoTime) {
    if (size == highs.length) {
      highs = Arrays.copyOf(highs, 2 * size);
      lows = Arrays.copyOf(lows, 2 * size);
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    highs[size] = high;
    lows[size] = low;
    nanos[size++] = nanoTime;
  }

  void addAll(Acknowledgements others) {
    for (int i = 0; i < others.size; i++) {
      add(others.highs[i], others.lows[i], others.nanos[i]);
    }
  }

  public int size() {
    return size;
  }

  public UUID id(int i) {
    return new UUID(highs[i], lows[i]);
  }

  /// By the clock of [System#nanoTime] in this process.
  public long nanoTime(int i) {
    return nanos[i];
  }
}
