/// The load driver: few threads, raw sockets, requests prepared as bytes, and every acknowledged id
/// kept.
@NullMarked
package orders.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
