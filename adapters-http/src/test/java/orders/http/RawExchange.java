package orders.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.http.contract.Contract;
import orders.http.contract.Exchange;

/// Holds what was sent as bytes, and what came back, against the API's document.
final class RawExchange {
  private static final Pattern REQUEST_LINE = Pattern.compile("^([A-Z]+) (\\S+) HTTP/1\\.[01]\r\n");

  private RawExchange() {}

  /// Of several answers, looks at the first.
  static void check(String sent, String answers) {
    int end = answers.indexOf("\r\n\r\n");
    if (end >= 0) {
      String[] lines = answers.substring(0, end).split("\r\n", -1);
      Map<String, List<String>> headers = headers(lines);
      String rest = answers.substring(end + 4);
      int length =
          Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
      byte[] bytes = rest.getBytes(UTF_8);
      String body = new String(bytes, 0, Math.min(length, bytes.length), UTF_8);
      check(sent, new RawAnswer(Integer.parseInt(lines[0].substring(9, 12)), headers, body));
    }
  }

  static void check(String sent, RawAnswer answer) {
    Matcher line = REQUEST_LINE.matcher(sent);
    if (line.find()) {
      Contract.ofTheServer().check(exchange(line.group(1), line.group(2), sent, answer));
    } else {
      assertThat(Contract.ofTheServer().flawsWhoeverAsked(exchange("", "/", "", answer))).isEmpty();
    }
  }

  private static Exchange exchange(String method, String target, String sent, RawAnswer answer) {
    int end = sent.indexOf("\r\n\r\n");
    Map<String, List<String>> headers =
        end < 0 ? Map.of() : headers(sent.substring(0, end).split("\r\n", -1));
    String rest = end < 0 ? "" : sent.substring(end + 4);
    int length =
        answer.status() < 300 && headers.containsKey("content-length")
            ? Integer.parseInt(headers.get("content-length").getFirst())
            : 0;
    byte[] bytes = rest.getBytes(ISO_8859_1);
    String body = new String(bytes, 0, Math.min(length, bytes.length), UTF_8);
    return new Exchange(
        method, target, headers, body, answer.status(), answer.headers(), answer.body());
  }

  private static Map<String, List<String>> headers(String[] lines) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                lines[i].substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).strip());
      }
    }
    return headers;
  }
}
