package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which wait a `Prefer` header asks for, if any.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PreferencesTest {
  private final TestServer server = new TestServer();
  private final String ended = ended();

  @AfterAll
  void stop() {
    server.close();
  }

  private String ended() {
    String id = server.place();
    server.get("/orders/" + id, "Prefer", "wait=30");
    return id;
  }

  private TestServer.Answer find(String preference) {
    return server.get("/orders/" + ended, "Prefer", preference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "wait=0 | 0",
        "WAIT=1 | 1",
        "wait = 1 | 1",
        "wait=\"2\" | 2",
        "wait=61 | 60",
        "wait=999999999 | 60",
        "wait=1;foo=bar | 1",
        "wait=1, wait=2 | 1",
        "wait=1, wait=soon | 1",
        "respond-async;x=y,wait=3 | 3",
        "foo=\"a, wait=9\", wait=4 | 4",
        "foo=\"a\\\", wait=9\", wait=5 | 5"
      })
  void theFirstWaitCounts(String preference, String seconds) {
    assertThat(find(preference).header("Preference-Applied")).isEqualTo("wait=" + seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return=minimal",
        "waiting",
        "wait-foo=1",
        "x-wait=soon",
        "handling=lenient;wait=x",
        "foo=\"a, wait=x\"",
        ",",
        "=",
        "foo bar"
      })
  void whatElseIsPreferredIsIgnored(String preference) {
    TestServer.Answer answer = find(preference);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=\"1", "wait=1\"", "wait='1'", "wait=1 2", "wait=0x1", "foo=\"bar"})
  void aMalformedPreferenceIs400(String preference) {
    ProblemAssert.isProblem(find(preference), 400);
  }
}
