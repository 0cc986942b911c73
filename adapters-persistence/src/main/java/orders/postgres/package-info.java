/// The orders in PostgreSQL: plain JDBC, each write one statement and one commit, which calls of
/// many clients and workers share.
@NullMarked
package orders.postgres;

import org.jspecify.annotations.NullMarked;
