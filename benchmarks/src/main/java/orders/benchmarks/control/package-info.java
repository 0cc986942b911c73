/// What the server is compared with: plain JDBC and pgbench, one order per transaction, and HTTP
/// alone.
@NullMarked
package orders.benchmarks.control;

import org.jspecify.annotations.NullMarked;
