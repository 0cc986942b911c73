package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import orders.http.wire.ProblemType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every type of problem is explained, in the repository and where its URI leads.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProblemsPageTest {
  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private static String anchor(ProblemType type) {
    return type.uri().substring("/problems/".length());
  }

  @Test
  void thePageHasASectionForEachTypeInTheirOrderAndNoOther() throws IOException {
    List<String> sections =
        Pattern.compile("(?m)^## (.*)$")
            .matcher(Files.readString(Path.of("../docs/problems.md")))
            .results()
            .map((MatchResult section) -> section.group(1))
            .toList();
    assertThat(sections)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemsPageTest::anchor).toList());
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void aTypeLeadsToItsSection(ProblemType type) throws IOException {
    try (RawConnection client = server.connect()) {
      client.send("GET " + type.uri() + " HTTP/1.1\r\nHost: x\r\n\r\n");
      RawAnswer answer = client.read().orElseThrow();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).contains("text/markdown; charset=utf-8");
      assertThat(answer.header("Cache-Control")).contains("public, max-age=3600");
      assertThat(answer.body())
          .startsWith("## " + anchor(type) + "\n\n" + type.status() + ". ")
          .hasSizeGreaterThan(60)
          .doesNotContain("\n## ");
      assertThat(Files.readString(Path.of("../docs/problems.md"))).contains(answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/problems", "/problems/", "/problems/x", "/problems/Not-Found"})
  void thereAreNoOthers(String path) {
    ProblemAssert.isProblem(server.get(path), 404);
  }
}
