/// Variants of the server, in the package whose inside they need.
@NullMarked
package orders.bootstrap;

import org.jspecify.annotations.NullMarked;
