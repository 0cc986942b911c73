package orders.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a database is and how to get in.
///
/// @param host a name or an address; an IPv6 address stands in brackets
/// @param password may be empty, for a server that asks for none
public record DatabaseAddress(
    String host, int port, String database, String user, String password, SslMode sslMode) {
  /// As PostgreSQL names them; what each does is in the driver's documentation.
  public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<SslMode> parse(String word) {
      for (SslMode mode : values()) {
        if (mode.word().equals(word)) {
          return Optional.of(mode);
        }
      }
      return Optional.empty();
    }
  }

  private static final int DEFAULT_PORT = 5432;
  private static final int MAX_PORT = 65_535;

  /// Not `java.net.URI`, which takes no host name with an underscore, as Docker's often are.
  private static final Pattern URL =
      Pattern.compile(
          """
          (?x) postgres(?:ql)?://
          (?<user> [^\\s:@/?\\#]+ ) (?: : (?<password> [^\\s@/?\\#]* ) )? @
          (?<host> \\[ [0-9a-fA-F:.]+ ] | [^\\s:@/?\\#,\\[\\]%]+ ) (?: : (?<port> [0-9]{1,5} ) )?
          / (?<database> [^\\s/?\\#]+ )
          (?: \\? sslmode= (?<sslmode> [a-z-]+ ) )?
          """);

  private static final Pattern PERCENT_WITHOUT_CODE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  public DatabaseAddress {
    if (host.isBlank() || database.isBlank() || user.isBlank()) {
      throw new IllegalArgumentException("an address needs a host, a database and a user");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is from 1 to " + MAX_PORT + ", was " + port);
    }
  }

  /// With encryption if the server offers it.
  public DatabaseAddress(String host, int port, String database, String user, String password) {
    this(host, port, database, user, password, SslMode.PREFER);
  }

  /// The address in `postgresql://user:password@host:port/name`, where `postgres://` will do as
  /// well, `:port` and `:password` may be absent, and `?sslmode=…` may follow.
  ///
  /// User, password and name are percent-decoded. Empty for anything else, also for parameters
  /// other than `sslmode`: to leave out what somebody asked for might leave out their security.
  public static Optional<DatabaseAddress> parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || PERCENT_WITHOUT_CODE.matcher(url).find()) {
      return Optional.empty();
    }
    String port = Optional.ofNullable(parts.group("port")).orElse("" + DEFAULT_PORT);
    String sslMode = Optional.ofNullable(parts.group("sslmode")).orElse(SslMode.PREFER.word());
    String password = Optional.ofNullable(parts.group("password")).orElse("");
    try {
      return SslMode.parse(sslMode)
          .map(mode ->
              new DatabaseAddress(
                  parts.group("host"),
                  Integer.parseInt(port),
                  decoded(parts.group("database")),
                  decoded(parts.group("user")),
                  decoded(password),
                  mode));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Without user and password: those are in the [#driverProperties].
  String jdbcUrl() {
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  /// What the driver needs to know for whatever it is used.
  Map<String, String> driverProperties() {
    return Map.of(
        "user",
        user,
        "password",
        password,
        "sslmode",
        sslMode.word(),
        "ApplicationName",
        "orders",
        "tcpKeepAlive",
        "true",
        // The server's details quote the rows they are about; they would end in logs.
        "logServerErrorDetail",
        "false");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Without the password, since what is printed ends in logs.
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
