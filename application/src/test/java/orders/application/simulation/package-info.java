/// Nodes, their database, their partners and their clients in one simulated world, where one task
/// runs at a time and a seed decides everything: what happens when, what gets lost, who crashes.
@NullMarked
package orders.application.simulation;

import org.jspecify.annotations.NullMarked;
