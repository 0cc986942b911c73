package orders.faults.plan;

import java.util.List;

/// A time under load in which things go wrong, followed by one to settle and to be checked.
///
/// @param number from 1
/// @param seed of what the customers do
public record Round(int number, int nodes, long seed, List<Fault> faults) {}
