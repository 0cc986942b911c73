package orders.http;

import io.javalin.http.HandlerType;
import orders.http.access.Access;
import orders.http.access.Usage;

/// Something that is served.
///
/// @param path with names in braces where anything may stand
record Route(HandlerType method, String path, Access access, Usage usage) {}
