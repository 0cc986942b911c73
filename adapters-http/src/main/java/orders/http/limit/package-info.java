/// How much anybody may ask of the server, and who counts as one.
@NullMarked
package orders.http.limit;

import org.jspecify.annotations.NullMarked;
