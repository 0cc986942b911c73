/// What readers follow as it happens: who looks after changes on other nodes for all of them, and
/// the newest part of the feed of events.
@NullMarked
package orders.application.live;

import org.jspecify.annotations.NullMarked;
