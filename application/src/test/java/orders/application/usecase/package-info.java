@NullMarked
package orders.application.usecase;

import org.jspecify.annotations.NullMarked;
