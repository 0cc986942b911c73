@NullMarked
package orders.faults;

import org.jspecify.annotations.NullMarked;
