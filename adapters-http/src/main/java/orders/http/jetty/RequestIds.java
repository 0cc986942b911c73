package orders.http.jetty;

import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.server.Request;

/// What each request is called in its answer and in the log, so that whoever asks about one can be
/// told what became of it.
///
/// Always made here: what a client sends under the same name is nobody's.
public final class RequestIds {
  public static final String HEADER = "X-Request-Id";

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();
  private static final int LENGTH = 32;

  private RequestIds() {}

  /// The id of a request that is being handled, or a new one if it never came that far.
  public static String of(Request request) {
    return request.getAttribute(ObservedRequest.ATTRIBUTE) instanceof ObservedRequest observed
        ? observed.id()
        : next();
  }

  /// 128 random bits in lowercase hexadecimal, not all of them zero: what a trace may be called
  /// too.
  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] text = new char[LENGTH];
    write(random.nextLong(), text, 0);
    write(random.nextLong() | 1, text, LENGTH / 2);
    return new String(text);
  }

  private static void write(long bits, char[] text, int from) {
    for (int i = 0; i < LENGTH / 2; i++) {
      text[from + i] = DIGITS[(int) (bits >>> (60 - 4 * i)) & 0xF];
    }
  }
}
