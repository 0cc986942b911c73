/// Whether every order that was acknowledged is there, once and whole.
@NullMarked
package orders.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
