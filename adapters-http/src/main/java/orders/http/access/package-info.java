/// Who asks, and what they may: roles, principals, and the rule of each route.
@NullMarked
package orders.http.access;

import org.jspecify.annotations.NullMarked;
