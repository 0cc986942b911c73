package orders.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of orders.
///
/// @param nextCursor null on the last page
public record PageView(List<OrderView> data, @Nullable String nextCursor) {}
