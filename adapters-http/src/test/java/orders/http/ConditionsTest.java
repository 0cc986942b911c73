package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered to clients that say which version of an order they have seen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConditionsTest {
  private static final String UNKNOWN = "/orders/01939c3e-0000-7000-8000-00000000abcd";

  private final TestServer server = new TestServer();

  /// At version 5.
  private final String ended = ended();

  @BeforeEach
  void letPartnersAnswer() {
    server.partner.answers(ScriptedPartner::done);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String ended() {
    String path = "/orders/" + server.place();
    server.get(path, "Prefer", "wait=30");
    return path;
  }

  private RawAnswer ask(String method, String path, String headers) {
    String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
    try (RawConnection client = server.connect()) {
      client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + length + headers + "\r\n");
      Optional<RawAnswer> answer = method.equals("HEAD") ? client.readHead() : client.read();
      return answer.orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Several headers stand between `&`.
  private static String headers(String name, String values) {
    return name + ": " + values.replace(" & ", "\r\n" + name + ": ") + "\r\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"5\" | 304",
        "W/\"5\" | 304",
        "* | 304",
        "\"4\", \"5\" | 304",
        "\"4\",W/\"5\",\"6\" | 304",
        ", \"5\" ,, | 304",
        "\"a,b\", \"5\" | 304",
        "\"4\" & \"5\" | 304",
        "\"5\" & \"4\" | 304",
        "\"4\" | 200",
        "\"4\", \"6\" | 200",
        "\"\" | 200",
        "\"05\" | 200",
        "\"5-0\" | 200",
        "\"x\" | 200",
        "\"*\" | 200",
        "W/\"4\" & \"é\" | 200",
        "5 | 400",
        "\"5 | 400",
        "w/\"5\" | 400",
        "\"4\" \"5\" | 400",
        "\"5\"; \"4\" | 400",
        "*, \"5\" | 400",
        "\"5\", * | 400",
        "* & * | 400",
        "'5' | 400",
        "\"5\"x | 400",
        "\"a b\" | 400",
        ", | 400",
        "`` | 400"
      })
  void whatTheClientHasIsNotSentAgain(String tags, int status) {
    String condition = headers("If-None-Match", tags);
    RawAnswer answer = ask("GET", ended, condition);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(ask("HEAD", ended, condition).status()).isEqualTo(status);
    if (status == 304) {
      assertThat(answer.header("ETag")).contains("\"5\"");
      assertThat(answer.header("Cache-Control")).contains("private, no-cache");
      assertThat(answer.headers()).doesNotContainKeys("content-type", "transfer-encoding");
    }
    if (status == 400) {
      assertThat(answer.text("type")).isEqualTo("/problems/malformed-request");
    }
  }

  @Test
  void aConnectionGoesOnAfterA304() throws IOException {
    try (RawConnection client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("GET " + ended + " HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"5\"\r\n\r\n");
        assertThat(client.read().orElseThrow().status()).isEqualTo(304);
      }
    }
  }

  @Test
  void whatDoesNotExistIsNotUnchanged() {
    assertThat(ask("GET", UNKNOWN, "If-None-Match: *\r\n").status()).isEqualTo(404);
    assertThat(ask("POST", UNKNOWN + "/cancel", "If-Match: *\r\n").status()).isEqualTo(404);
    assertThat(ask("POST", UNKNOWN + "/cancel", "If-Match: \"1\"\r\n").status()).isEqualTo(404);
  }

  @Test
  void whoWaitsIsToldOnlyThenWhetherAnythingChanged() {
    Semaphore gate = new Semaphore(0);
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    String path = "/orders/" + server.place();
    try {
      eventually(
          "it is processed",
          () -> server.get(path).json().get("status").asText().equals("processing"));
      String seen = "If-None-Match: " + server.get(path).header("ETag") + "\r\n";
      RawAnswer unchanged = ask("GET", path, seen + "Prefer: wait=1\r\n");
      assertThat(unchanged.status()).isEqualTo(304);
      assertThat(unchanged.header("Preference-Applied")).contains("wait=1");
      gate.release(1_000);
      RawAnswer changed = ask("GET", path, seen + "Prefer: wait=30\r\n");
      assertThat(changed.status()).isEqualTo(200);
      assertThat(changed.text("status")).isEqualTo("completed");
    } finally {
      gate.release(1_000);
    }
  }

  @Test
  void anOrderThatWasTakenUpHasChangedThoughItsVersionIsTheSame() {
    Semaphore gate = new Semaphore(0);
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    TestServer.Answer placed = server.post("/orders", TestServer.GOOD_ORDER);
    String path = placed.header("Location");
    try {
      assertThat(placed.header("ETag")).isEqualTo("\"1\"");
      eventually(
          "it is processed",
          () -> server.get(path).json().get("status").asText().equals("processing"));
      TestServer.Answer seen = server.get(path, "If-None-Match", "\"1\"");
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.json().get("version").asInt()).isEqualTo(1);
      assertThat(seen.header("ETag")).matches("\"1-[0-9a-f]{1,8}\"");
      String again = "If-None-Match: " + seen.header("ETag") + "\r\n";
      assertThat(ask("GET", path, again).status()).isEqualTo(304);
      // For moving it the version counts, of whichever tag.
      assertThat(ask("POST", path + "/cancel", "If-Match: \"2-0\"\r\n").status()).isEqualTo(412);
      String expected = "If-Match: " + seen.header("ETag") + "\r\n";
      assertThat(ask("POST", path + "/cancel", expected).status()).isEqualTo(202);
    } finally {
      gate.release(1_000);
    }
  }

  /// Of a completed order, which cannot be cancelled nor retried: 409 if the condition holds.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"5\" | 409",
        "* | 409",
        "\"4\", \"5\" | 409",
        "\"4\" & \"5\" | 409",
        "\"5-1f\" | 409",
        "W/\"5\" | 412",
        "\"4\" | 412",
        "\"\" | 412",
        "\"05\" | 412",
        "\"5-\" | 412",
        "\"5-1f1f1f1f1f\" | 412",
        "\"five\" | 412",
        "\"55555555555555555555555555555\" | 412",
        "W/\"5\" & \"6\" | 412",
        "5 | 400",
        "\"5 | 400",
        "*, \"5\" | 400",
        "`` | 400"
      })
  void anotherVersionThanTheClientHasSeenIsNotMoved(String tags, int status) {
    for (String move : new String[] {"/cancel", "/retry"}) {
      RawAnswer answer = ask("POST", ended + move, headers("If-Match", tags));
      assertThat(answer.status()).as(move).isEqualTo(status);
      if (status == 412) {
        assertThat(answer.text("type")).isEqualTo("/problems/precondition-failed");
        assertThat(answer.text("detail")).isEqualTo("The order is at version 5 now.");
      }
    }
    assertThat(server.get(ended).json().get("version").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:1", "[::1]"})
  void noAnswerBelievesTheHostThatWasAsked(String host) throws IOException {
    try (RawConnection client = server.connect()) {
      client.send(
          "POST /orders HTTP/1.1\r\nHost: "
              + host
              + "\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n"
              + "Forwarded: host=evil.example\r\nContent-Type: application/json\r\nContent-Length: "
              + TestServer.GOOD_ORDER.length()
              + "\r\n\r\n"
              + TestServer.GOOD_ORDER);
      RawAnswer placed = client.read().orElseThrow();
      assertThat(placed.header("Location").orElseThrow()).startsWith("/orders/");
      client.send(
          "GET /orders?limit=1 HTTP/1.1\r\nHost: "
              + host
              + "\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\r\n");
      RawAnswer list = client.read().orElseThrow();
      assertThat(list.header("Link").orElseThrow()).startsWith("</orders?");
      assertThat(placed.headers().toString() + placed.body() + list.headers() + list.body())
          .doesNotContain("evil");
    }
  }
}
