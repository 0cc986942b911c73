/// What was measured, as tables for people and rows for programs.
@NullMarked
package orders.benchmarks.report;

import org.jspecify.annotations.NullMarked;
