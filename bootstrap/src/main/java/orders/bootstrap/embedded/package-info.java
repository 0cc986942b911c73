/// The PostgreSQL that runs beside the server when no other is configured.
@NullMarked
package orders.bootstrap.embedded;

import org.jspecify.annotations.NullMarked;
