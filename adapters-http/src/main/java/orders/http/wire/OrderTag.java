package orders.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/// The entity tag of an order: its version, and while it is live whatever else may change without a
/// new one.
///
/// Being claimed and being made to wait are no events of an order. A client that polls with the tag
/// must learn of them all the same, or it would see `pending` until the first step is done.
final class OrderTag {
  private OrderTag() {}

  static String of(OrderView order) {
    WaitingView waiting = order.waiting();
    return waiting == null || isAsItsEventLeftIt(order, waiting)
        ? "\"" + order.version() + "\""
        : "\"" + order.version() + "-" + digest(order.status(), waiting) + "\"";
  }

  /// Not while processing: the first version of an order is pending as well.
  private static boolean isAsItsEventLeftIt(OrderView order, WaitingView waiting) {
    return waiting.what().equals("worker") && !order.status().equals("processing");
  }

  private static String digest(String status, WaitingView waiting) {
    CRC32 digest = new CRC32();
    digest.update((status + waiting).getBytes(UTF_8));
    return Long.toHexString(digest.getValue());
  }
}
