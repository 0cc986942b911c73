/// What tells people and programs how to use the API.
@NullMarked
package orders.http.docs;

import org.jspecify.annotations.NullMarked;
