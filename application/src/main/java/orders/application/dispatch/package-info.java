/// Drives every live order through its steps: a bounded pool of workers, the claiming of work, its
/// leases, backoff, and a clean stop.
@NullMarked
package orders.application.dispatch;

import org.jspecify.annotations.NullMarked;
