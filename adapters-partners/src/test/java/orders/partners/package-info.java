@NullMarked
package orders.partners;

import org.jspecify.annotations.NullMarked;
