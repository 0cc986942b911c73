@NullMarked
package orders.application.dispatch;

import org.jspecify.annotations.NullMarked;
