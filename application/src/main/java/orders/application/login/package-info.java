/// What keeps strangers from trying passwords until one fits.
@NullMarked
package orders.application.login;

import org.jspecify.annotations.NullMarked;
