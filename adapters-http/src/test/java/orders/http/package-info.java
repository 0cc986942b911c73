@NullMarked
package orders.http;

import org.jspecify.annotations.NullMarked;
