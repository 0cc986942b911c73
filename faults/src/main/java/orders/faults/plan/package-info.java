/// What will go wrong, drawn from a seed.
@NullMarked
package orders.faults.plan;

import org.jspecify.annotations.NullMarked;
