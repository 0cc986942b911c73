/// What is true of an order: its content, its life, its history. Pure, and without a dependency.
@NullMarked
package orders.domain;

import org.jspecify.annotations.NullMarked;
