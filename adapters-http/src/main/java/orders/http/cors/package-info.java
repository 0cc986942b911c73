/// Which pages of the web may ask this server from within a browser (CORS).
@NullMarked
package orders.http.cors;

import org.jspecify.annotations.NullMarked;
