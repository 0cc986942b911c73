/// Holds the in-memory store to the contracts of the ports, as PostgreSQL is.
@NullMarked
package orders.application.inmemory;

import org.jspecify.annotations.NullMarked;
