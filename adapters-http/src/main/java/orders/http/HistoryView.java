package orders.http;

import java.util.List;

/// An order's history, oldest first.
record HistoryView(List<EventView> data) {}
