/// How somebody proves who they are: bearer tokens, the keys they are signed with, and passwords.
@NullMarked
package orders.http.auth;

import org.jspecify.annotations.NullMarked;
