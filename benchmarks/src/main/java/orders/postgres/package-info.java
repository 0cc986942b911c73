/// Benchmarks of what is package-private there.
@NullMarked
package orders.postgres;

import org.jspecify.annotations.NullMarked;
