@NullMarked
package orders.domain;

import org.jspecify.annotations.NullMarked;
