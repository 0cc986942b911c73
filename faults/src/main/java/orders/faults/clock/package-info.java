/// A wall clock that can be moved, as an agent within the server's JVM.
@NullMarked
package orders.faults.clock;

import org.jspecify.annotations.NullMarked;
