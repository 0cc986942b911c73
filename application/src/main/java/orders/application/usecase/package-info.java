/// What can be asked of the system: one class each, named by its verb.
@NullMarked
package orders.application.usecase;

import org.jspecify.annotations.NullMarked;
