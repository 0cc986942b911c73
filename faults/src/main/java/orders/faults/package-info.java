/// Drives the server from outside, as its users and its troubles do: real processes, real HTTP.
@NullMarked
package orders.faults;

import org.jspecify.annotations.NullMarked;
