package orders.http.docs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/// What is in a [DocsFile], and an `ETag` that changes with it.
public final class DocsContent {
  private static final String OURS = "/orders/http/";
  private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_UI_VERSION =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final int ETAG_BYTES = 8;

  private final byte[] bytes;
  private final String etag;

  private DocsContent(byte[] bytes, String etag) {
    this.bytes = bytes;
    this.etag = etag;
  }

  /// Reads it from the class path.
  public static DocsContent of(DocsFile file) {
    try {
      byte[] bytes = read(directory(file) + file.path());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new DocsContent(bytes, '"' + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String directory(DocsFile file) throws IOException {
    return switch (file.place()) {
      case OURS -> OURS;
      case SWAGGER_UI -> SWAGGER_UI + swaggerUiVersion() + "/";
    };
  }

  /// It is part of the paths within the jar.
  private static String swaggerUiVersion() throws IOException {
    try (InputStream file = open(SWAGGER_UI_VERSION)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "");
    }
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream file = open(resource)) {
      return file.readAllBytes();
    }
  }

  private static InputStream open(String resource) throws FileNotFoundException {
    InputStream file = DocsContent.class.getResourceAsStream(resource);
    if (file == null) {
      throw new FileNotFoundException(resource + " in the class path");
    }
    return file;
  }

  /// Not to be written to.
  public byte[] bytes() {
    return bytes;
  }

  public String etag() {
    return etag;
  }
}
