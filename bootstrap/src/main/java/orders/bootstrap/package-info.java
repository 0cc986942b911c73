/// Connects the rooms: settings, start and stop, the embedded database.
@NullMarked
package orders.bootstrap;

import org.jspecify.annotations.NullMarked;
