/// The HTTP API: routes, what goes over the wire, and problems.
@NullMarked
package orders.http;

import org.jspecify.annotations.NullMarked;
