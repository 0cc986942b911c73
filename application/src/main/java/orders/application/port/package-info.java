/// What the application needs from outside. The documentation of each port is a contract, and a
/// test of it runs against every implementation.
@NullMarked
package orders.application.port;

import org.jspecify.annotations.NullMarked;
