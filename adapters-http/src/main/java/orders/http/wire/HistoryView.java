package orders.http.wire;

import java.util.List;

/// An order's history, oldest first.
public record HistoryView(List<EventView> data) {}
