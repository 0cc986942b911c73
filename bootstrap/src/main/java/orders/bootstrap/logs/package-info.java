/// How the log is written. Nobody else knows the library behind it.
@NullMarked
package orders.bootstrap.logs;

import org.jspecify.annotations.NullMarked;
