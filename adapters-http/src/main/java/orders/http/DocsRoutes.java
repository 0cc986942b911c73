package orders.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.docs.DocsContent;
import orders.http.docs.DocsFile;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// The API's description, and a page to try it that needs nothing from anywhere else.
final class DocsRoutes {
  static final String OPENAPI = "/openapi.json";
  static final String PAGE = "/docs";

  /// Scripts and requests to this server alone. Swagger UI writes styles into its elements, and has
  /// its pictures as data.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// What was asked for so far: most servers are never asked, and none should start later for it.
  private final Map<DocsFile, DocsContent> contents = new ConcurrentHashMap<>();

  void addTo(Routes routes) {
    routes.get(OPENAPI, Access.everybody(), Usage.FREE, this::openApi);
    routes.get(PAGE, Access.everybody(), Usage.FREE, this::page);
    routes.get(PAGE + "/{file}", Access.everybody(), Usage.FREE, this::part);
  }

  private void openApi(Context context, Principal nobody) {
    answer(context, DocsFile.OPENAPI);
  }

  private void page(Context context, Principal nobody) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    answer(context, DocsFile.PAGE);
  }

  private void part(Context context, Principal nobody) {
    Optional<DocsFile> part = DocsFile.part(context.pathParam("file"));
    answer(
        context,
        part.orElseThrow(
            () -> new RefusedRequest(ProblemType.NOT_FOUND, "There is no such file.")));
  }

  /// A browser keeps it, and asks each time whether it has changed: a new version of the server may
  /// be behind the same address.
  private void answer(Context context, DocsFile file) {
    DocsContent content = contents.computeIfAbsent(file, DocsContent::of);
    context.header("ETag", content.etag()).header("Cache-Control", "no-cache");
    if (has(context, content.etag())) {
      context.status(304);
    } else {
      context.contentType(file.type()).result(content.bytes());
      context.res().setContentLength(content.bytes().length);
    }
  }

  private static boolean has(Context context, String etag) {
    List<String> headers = Collections.list(context.req().getHeaders("If-None-Match"));
    return headers.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }
}
