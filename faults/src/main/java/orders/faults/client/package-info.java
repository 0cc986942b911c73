/// Clients of the server, that remember what they asked for and what they were told.
@NullMarked
package orders.faults.client;

import org.jspecify.annotations.NullMarked;
