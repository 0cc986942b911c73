package orders.http.docs;

import java.util.Arrays;
import java.util.Optional;

/// A file that explains the API. Only these are served, so that no name that a client makes up can
/// lead anywhere else.
public enum DocsFile {
  OPENAPI("application/json", Place.OURS, "openapi.json"),
  PAGE("text/html;charset=utf-8", Place.OURS, "docs/index.html"),
  INITIALIZER("text/javascript;charset=utf-8", Place.OURS, "docs/initializer.js"),
  STYLE("text/css;charset=utf-8", Place.SWAGGER_UI, "swagger-ui.css"),
  SCRIPT("text/javascript;charset=utf-8", Place.SWAGGER_UI, "swagger-ui-bundle.js"),
  ICON("image/png", Place.SWAGGER_UI, "favicon-32x32.png");

  /// Whose file it is.
  enum Place {
    OURS,
    SWAGGER_UI
  }

  private final String type;
  private final Place place;
  private final String path;

  DocsFile(String type, Place place, String path) {
    this.type = type;
    this.place = place;
    this.path = path;
  }

  /// The part of the page that has this name.
  public static Optional<DocsFile> part(String name) {
    return Arrays.stream(values())
        .filter(file -> file != OPENAPI && file != PAGE && file.isCalled(name))
        .findFirst();
  }

  private boolean isCalled(String name) {
    return path.substring(path.lastIndexOf('/') + 1).equals(name);
  }

  public String type() {
    return type;
  }

  Place place() {
    return place;
  }

  /// Below its place.
  String path() {
    return path;
  }
}
