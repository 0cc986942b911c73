/// Three partners as a process of their own, which speak the protocol of `docs/partners.md`, behave
/// as well or as badly as they are told, and remember every call.
@NullMarked
package orders.simulator;

import org.jspecify.annotations.NullMarked;
