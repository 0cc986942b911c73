package orders.simulator;

import java.io.Serial;

/// Something from outside that cannot be understood; the message says what, for whoever sent it.
final class BadRequest extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  BadRequest(String message) {
    this(400, message);
  }

  BadRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
