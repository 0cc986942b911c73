/// How the steps are done: the adapters to confirmation, payment and delivery.
@NullMarked
package orders.partners;

import org.jspecify.annotations.NullMarked;
