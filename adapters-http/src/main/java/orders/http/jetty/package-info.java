/// The HTTP server below the routes: connections, limits, and answers to what never reaches a
/// route.
@NullMarked
package orders.http.jetty;

import org.jspecify.annotations.NullMarked;
