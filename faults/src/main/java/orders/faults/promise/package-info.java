/// What the server promises, and what it is to break that.
@NullMarked
package orders.faults.promise;

import org.jspecify.annotations.NullMarked;
