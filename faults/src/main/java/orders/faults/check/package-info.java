/// What must be true after every fault, seen from outside.
@NullMarked
package orders.faults.check;

import org.jspecify.annotations.NullMarked;
