/// What goes over the wire: bodies and queries that are read strictly, views, and problems.
@NullMarked
package orders.http.wire;

import org.jspecify.annotations.NullMarked;
