/// Makes a plan happen to a deployment under load, and checks that no promise was broken.
@NullMarked
package orders.faults.machine;

import org.jspecify.annotations.NullMarked;
