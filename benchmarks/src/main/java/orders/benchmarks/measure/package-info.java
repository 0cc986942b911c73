/// What a run costs and comes to: processor time, WAL, heap, and what rounds have in common.
@NullMarked
package orders.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
