package orders.simulator;

import orders.simulator.Asked.Money;
import org.jspecify.annotations.Nullable;

/// A line of the journal: all that is needed to remember a call.
///
/// @param state of its key after the call
record Entry(Call call, @Nullable KeyState state, @Nullable Money money) {}
