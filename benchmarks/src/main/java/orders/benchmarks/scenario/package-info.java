/// What is measured, each by itself.
@NullMarked
package orders.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
