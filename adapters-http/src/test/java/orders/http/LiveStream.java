package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stream of events as a client reads it. For one thread.
final class LiveStream implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /// What stands between two empty lines.
  record Block(String id, String event, String data, boolean isComment) {}

  private LiveStream(HttpRequest request) {
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  /// @param headers besides `Accept`
  static LiveStream open(TestServer server, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path)).header("Accept", "text/event-stream");
    return new LiveStream((headers.length == 0 ? request : request.headers(headers)).build());
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /// The next one as it came; empty if the stream has ended as it should.
  Optional<Block> block() {
    String id = "";
    String event = "";
    String data = "";
    boolean comment = false;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          return Optional.of(new Block(id, event, data, comment));
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith(":")) {
          comment = true;
        } else if (!line.equals("retry: 1000")) {
          throw new AssertionError("not of a stream: " + line);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next one that is an event; empty if the stream has ended as it should.
  Optional<Block> event() {
    Optional<Block> block = block();
    while (block.isPresent() && block.get().data().isEmpty()) {
      block = block();
    }
    return block;
  }

  List<Block> events(int count) {
    List<Block> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event().orElseThrow());
    }
    return events;
  }

  List<Block> toEnd() {
    List<Block> events = new ArrayList<>();
    for (var event = event(); event.isPresent(); event = event()) {
      events.add(event.get());
    }
    return events;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client.shutdownNow();
  }
}
