package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is remembered from one start to the next.
final class JournalTest {
  @TempDir private Path directory;

  private Path journal() {
    return directory.resolve("calls.jsonl");
  }

  private SimulatorServer start() throws Exception {
    return SimulatorServer.start(
        SimulatorSettings.read(Map.of("PORT", "0", "JOURNAL", journal().toString())));
  }

  /// One call of each kind.
  private static void useAllOf(TestClient client) throws Exception {
    client.put("confirmation");
    client.put("payment");
    client.put("to-undo", "payment", 1);
    client.delete("to-undo", "payment");
    client.delete("never-came", "payment");
    client.behave("payment", "{\"decline_rate\": 1}");
    client.put("to-decline", "payment", 1);
    client.behave("payment", "{\"busy_rate\": 1}");
    client.put("busy", "payment", 1);
    client.behave("delivery", "{\"wait_rate\": 1}");
    client.put("delivery");
  }

  @Test
  void remembersEverythingOverARestart() throws Exception {
    JsonNode calls;
    JsonNode ledger;
    JsonNode done;
    try (SimulatorServer server = start()) {
      TestClient client = new TestClient(server.port());
      useAllOf(client);
      calls = client.get("/calls");
      ledger = client.get("/ledger");
      done = client.put("confirmation").body();
    }
    try (SimulatorServer server = start()) {
      TestClient client = new TestClient(server.port());
      assertThat(client.get("/calls").get("data")).hasSize(calls.get("data").size() + 1);
      assertThat(client.get("/calls").get("data").get(3)).isEqualTo(calls.get("data").get(3));
      assertThat(client.get("/ledger")).isEqualTo(ledger);
      assertThat(client.put("confirmation").body()).isEqualTo(done);
      assertThat(client.put("to-undo", "payment", 2).result()).isEqualTo("declined");
      assertThat(client.put("never-came", "payment", 2).result()).isEqualTo("declined");
      assertThat(client.put("to-decline", "payment", 2).body().get("reason").asText())
          .isEqualTo("simulated decline");
      client.behave("delivery", "{\"wait_rate\": 1}");
      assertThat(client.put("delivery").result()).isEqualTo("wait");
      assertThat(client.put("delivery").result()).isEqualTo("done");
      assertThat(client.get("/calls?after=14").get("data").findValuesAsText("n"))
          .containsExactly("15");
    }
  }

  @Test
  void aJournalFromBeforeTracesWereKeptIsReadToo() throws Exception {
    try (SimulatorServer server = start()) {
      new TestClient(server.port()).put("confirmation");
    }
    String line = Files.readString(journal());
    assertThat(line).contains(",\"traceparent\":null");
    Files.writeString(journal(), line.replace(",\"traceparent\":null", ""));
    try (SimulatorServer server = start()) {
      assertThat(new TestClient(server.port()).get("/calls").get("data")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"call\":{\"n\":2,\"at\":", "{", "{}"})
  void dropsALastLineThatWasNotWrittenToItsEnd(String torn) throws Exception {
    try (SimulatorServer server = start()) {
      new TestClient(server.port()).put("payment");
    }
    Files.writeString(journal(), torn, StandardOpenOption.APPEND);
    try (SimulatorServer server = start()) {
      TestClient client = new TestClient(server.port());
      assertThat(client.get("/calls").get("data")).hasSize(1);
      client.put("delivery");
    }
    try (SimulatorServer server = start()) {
      assertThat(new TestClient(server.port()).get("/calls").get("data")).hasSize(2);
    }
  }

  @Test
  void doesNotStartOnAFileThatIsNoJournal() throws Exception {
    Files.writeString(journal(), "dear diary\n");
    assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("line 1");
    assertThat(journal()).hasContent("dear diary\n");
  }

  @Test
  void doesNotStartOnTheJournalOfAnother() throws Exception {
    try (SimulatorServer _ = start()) {
      // Within one JVM, the lock is known before the operating system is asked.
      assertThatThrownBy(this::start).isInstanceOf(Exception.class);
    }
    start().close();
  }
}
