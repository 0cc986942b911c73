package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import orders.http.wire.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are no order: each is refused with a problem, and nothing is stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadOrdersTest {
  private static final String LINE = "{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1}";

  private final TestServer server = new TestServer();

  @BeforeAll
  void aGoodOrderIsTaken() {
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
  }

  @AfterAll
  void aGoodOrderIsStillTaken() {
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
    server.close();
  }

  private static Arguments bad(int status, String name, String body) {
    return Arguments.of(status, name, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments field(String field, String value) {
    String body =
        switch (field) {
          case "customer_id" -> "{\"customer_id\":" + value + ",\"items\":[" + LINE + "]}";
          case "items" -> "{\"customer_id\":\"c\",\"items\":" + value + "}";
          default ->
              "{\"customer_id\":\"c\",\"" + field + "\":" + value + ",\"items\":[" + LINE + "]}";
        };
    return bad(422, field + " " + abbreviated(value), body);
  }

  private static Arguments line(String field, String value) {
    String line =
        switch (field) {
          case "sku" -> "{\"sku\":" + value + ",\"quantity\":1,\"unit_price\":1}";
          case "quantity" -> "{\"sku\":\"a\",\"quantity\":" + value + ",\"unit_price\":1}";
          case "unit_price" -> "{\"sku\":\"a\",\"quantity\":1,\"unit_price\":" + value + "}";
          default ->
              "{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1,\"" + field + "\":" + value + "}";
        };
    return bad(
        422,
        "line's " + field + " " + abbreviated(value),
        "{\"customer_id\":\"c\",\"items\":[" + line + "]}");
  }

  private static String abbreviated(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }

  private static Stream<Arguments> wrongText(
      BiFunction<String, String, Arguments> where, String field) {
    return Stream.of(
            "5",
            "1.5",
            "true",
            "[]",
            "{}",
            "[\"a\"]",
            "\"\"",
            "\" \"",
            "\"\\t\\n\"",
            "\"a\\u0000\"",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"" + "x".repeat(257) + "\"",
            "\"" + "🍕".repeat(257) + "\"",
            "\"" + "x".repeat(100_000) + "\"")
        .map(value -> where.apply(field, value));
  }

  private static Stream<Arguments> wrongNumber(String field, String... more) {
    return Stream.concat(
            Stream.of(
                "0",
                "-1",
                "1.5",
                "1.0",
                "1e3",
                "1e400",
                "-0",
                "\"5\"",
                "\"\"",
                "true",
                "[]",
                "{}",
                "[1]",
                "9223372036854775808",
                "-9223372036854775809",
                "1" + "0".repeat(90)),
            Stream.of(more))
        .map(value -> line(field, value));
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
            wrongText(BadOrdersTest::field, "customer_id"),
            wrongText(BadOrdersTest::field, "merchant_id"),
            wrongText(BadOrdersTest::field, "reference"),
            wrongText(BadOrdersTest::field, "currency"),
            wrongText(BadOrdersTest::line, "sku"),
            wrongText(BadOrdersTest::line, "name"),
            wrongNumber("quantity", "1000001", "2147483648", "null"),
            wrongNumber("unit_price", "null"),
            Stream.of(
                    "null", "5", "\"a\"", "{}", "[]", "true", "[null]", "[5]", "[\"a\"]", "[[]]",
                    "[{}]")
                .map(value -> field("items", value)),
            Stream.of("\"usd\"", "\"ZZZ\"", "\"XXX\"", "\"US\"", "\"USDT\"", "\"$\"", "\"840\"")
                .map(value -> field("currency", value)),
            Stream.of("null").map(value -> field("customer_id", value)),
            Stream.of("null").map(value -> line("sku", value)),
            Stream.of(
                bad(422, "no fields", "{}"),
                bad(422, "no items", "{\"customer_id\":\"c\"}"),
                bad(422, "no customer", "{\"items\":[" + LINE + "]}"),
                field("unknown", "1"),
                field("status", "\"completed\""),
                field("id", "\"01939c3e-0000-7000-8000-000000000001\""),
                field("total", "1"),
                field("a/b~c", "1"),
                field("x".repeat(10_000), "1"),
                field("__proto__", "{}"),
                line("unknown", "1"),
                line("currency", "\"USD\""),
                field("items", "[" + String.join(",", Collections.nCopies(501, LINE)) + "]"),
                field("items", "[" + LINE + ",{\"sku\":\"a\"}]"),
                field(
                    "items", "[{\"sku\":\"a\",\"quantity\":2,\"unit_price\":9223372036854775807}]"),
                field(
                    "items",
                    "["
                        + LINE
                        + ",{\"sku\":\"a\",\"quantity\":1,\"unit_price\":9223372036854775807}]")))
        .flatMap(cases -> cases);
  }

  static Stream<Arguments> brokenDocuments() {
    return Stream.of(
        bad(400, "empty", ""),
        bad(400, "blank", "  \n"),
        bad(400, "no JSON", "pizza, please"),
        bad(400, "cut short", "{\"customer_id\":\"c\",\"items\":[" + LINE),
        bad(400, "single quotes", "{'customer_id':'c'}"),
        bad(400, "comment", "{/* hi */\"customer_id\":\"c\",\"items\":[" + LINE + "]}"),
        bad(400, "trailing comma", "{\"customer_id\":\"c\",\"items\":[" + LINE + "],}"),
        bad(400, "a second document", GOOD_ORDER + GOOD_ORDER),
        bad(400, "trailing word", GOOD_ORDER + " x"),
        bad(400, "trailing bracket", GOOD_ORDER + "]"),
        bad(
            400,
            "a name twice",
            "{\"customer_id\":\"c\",\"customer_id\":\"c\",\"items\":[" + LINE + "]}"),
        bad(
            400,
            "a line's name twice",
            "{\"customer_id\":\"c\",\"items\":[{\"sku\":\"a\",\"sku\":\"b\",\"quantity\":1,\"unit_price\":1}]}"),
        bad(400, "an array", "[" + GOOD_ORDER + "]"),
        bad(400, "a string", "\"order\""),
        bad(400, "a number", "5"),
        bad(400, "null", "null"),
        bad(400, "true", "true"),
        bad(400, "NaN", "{\"customer_id\":NaN}"),
        bad(400, "Infinity", "{\"customer_id\":-Infinity}"),
        bad(400, "leading zero", "{\"customer_id\":01}"),
        bad(400, "plus sign", "{\"customer_id\":+1}"),
        bad(400, "hexadecimal", "{\"customer_id\":0x10}"),
        bad(400, "1,001 digits", "{\"customer_id\":" + "9".repeat(1_001) + "}"),
        bad(400, "deep arrays", "[".repeat(100_000) + "]".repeat(100_000)),
        bad(400, "deep objects", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
        bad(400, "bare control character", "{\"customer_id\":\"a\nb\"}"),
        bad(400, "bad escape", "{\"customer_id\":\"\\x41\"}"),
        bad(400, "half a surrogate pair as a name", "{\"\\ud800\":1}"),
        bad(400, "half an escape", "{\"customer_id\":\"\\u12\"}"),
        bad(400, "byte order mark alone", "\ufeff"),
        Arguments.of(400, "invalid UTF-8", bytes(0x22, 0xff, 0xfe, 0x22)),
        Arguments.of(400, "cut UTF-8", bytes(0x22, 0xe2, 0x82, 0x22)),
        Arguments.of(400, "overlong UTF-8", bytes(0x22, 0xc0, 0xaf, 0x22)),
        Arguments.of(400, "NUL bytes", bytes(0, 0, 0, 0)),
        bad(
            413,
            "256 KiB and a byte",
            " ".repeat(RequestBody.MAX_BYTES + 1 - GOOD_ORDER.length()) + GOOD_ORDER));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource({"wrongFields", "brokenDocuments"})
  void isRefused(int status, String name, byte[] body) {
    int stored = server.store.size();
    TestServer.Answer answer =
        server.send(
            server
                .request("/orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(answer.status()).as(name).isEqualTo(status);
    ProblemAssert.isProblem(answer, status);
    assertThat(answer.json().path("errors").isEmpty()).isEqualTo(status != 422);
    assertThat(server.store.size()).isEqualTo(stored);
  }
}
