package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Where the types of problems lead to: the sections of `docs/problems.md`.
final class ProblemRoutes {
  private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+)$.*?(?=^## |\\z)");

  /// Read with the first question: most servers are never asked, and none should start later for
  /// it.
  private static final class Page {
    static final Map<String, String> SECTIONS =
        SECTION
            .matcher(text())
            .results()
            .collect(
                Collectors.toUnmodifiableMap(
                    (Function<MatchResult, String>) section -> section.group(1),
                    section -> section.group().strip() + "\n"));

    private static String text() {
      try (InputStream page = ProblemRoutes.class.getResourceAsStream("problems.md")) {
        return new String(Objects.requireNonNull(page).readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void addTo(Routes routes) {
    routes.get("/problems/{name}", Access.everybody(), Usage.FREE, ProblemRoutes::explain);
  }

  private static void explain(Context context, Principal nobody) {
    String section = Page.SECTIONS.get(context.pathParam("name"));
    if (section == null) {
      throw new RefusedRequest(ProblemType.NOT_FOUND, "There is no such problem.");
    }
    context
        .contentType("text/markdown; charset=utf-8")
        .header("Cache-Control", "public, max-age=3600")
        .result(section);
  }
}
