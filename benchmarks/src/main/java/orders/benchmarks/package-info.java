/// How fast the server is, compared with what PostgreSQL does by itself in the same run.
@NullMarked
package orders.benchmarks;

import org.jspecify.annotations.NullMarked;
