/// The orders in PostgreSQL: plain JDBC, each call one statement and one commit.
@NullMarked
package orders.postgres;

import org.jspecify.annotations.NullMarked;
