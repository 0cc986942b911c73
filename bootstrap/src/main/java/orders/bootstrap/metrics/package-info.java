/// What operators see in figures: counts what happens at the ports, looks at what there is when it
/// is asked, and writes all of it for Prometheus. Nobody else knows the library.
@NullMarked
package orders.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
