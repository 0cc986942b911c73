/// Server-sent events: what happens to orders, told as it happens.
@NullMarked
package orders.http.stream;

import org.jspecify.annotations.NullMarked;
