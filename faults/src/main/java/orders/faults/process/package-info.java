/// What is run: servers, PostgreSQL, partners, and the network between them, each of which can be
/// made to fail.
@NullMarked
package orders.faults.process;

import org.jspecify.annotations.NullMarked;
