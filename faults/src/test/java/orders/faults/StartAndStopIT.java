package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orders.faults.client.Storefront;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the server begins and ends as a process: P8, and what it says.
final class StartAndStopIT {
  private static final String ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}\
      """;

  @TempDir private Path directory;

  private ServerProcess launch(Map<String, String> environment) {
    return ServerProcess.launch(Project.JAR, directory, environment);
  }

  private static void awaitProcessing(Storefront storefront, String id) throws Exception {
    Patience.until(
        () -> storefront.get("/orders/" + id).body().get("status").asText().equals("processing"),
        () -> id + " to be processed");
  }

  @Test
  void aFirstRequestIsPrintedThatWorksAsItStands() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      URI address = server.awaitReady();
      server.awaitOutput("curl ");
      String command =
          server
              .output()
              .lines()
              .filter(line -> line.strip().startsWith("curl "))
              .findFirst()
              .orElseThrow();
      assertThat(command).contains(address.toString());
      Process curl = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
      String printed = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(printed).contains("201 Created").contains("\"status\":\"pending\"");
    }
  }

  @Test
  void sigtermFinishesTheRunningStepGivesTheOrderBackAndEndsTidily() throws Exception {
    String id;
    // Payment takes longer than a stop may: the order cannot be completed before.
    Map<String, String> slowPayment =
        Map.of(
            "SIMULATED_CONFIRMATION_MS", "300",
            "SIMULATED_PAYMENT_MS", "3600000",
            "STEP_TIMEOUT_SECONDS", "3600");
    try (ServerProcess server = launch(slowPayment)) {
      Storefront storefront = new Storefront(server.awaitReady());
      id = storefront.place(ORDER).body().get("id").asText();
      awaitProcessing(storefront, id);
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.leftPostgresRunning()).isFalse();
      assertThat(server.output()).contains("Stopped").doesNotContain("ERROR", "Exception");
    }
    try (ServerProcess next = launch(Map.of("SIMULATED_CONFIRMATION_MS", "3600000"))) {
      Storefront storefront = new Storefront(next.awaitReady());
      JsonNode order = storefront.get("/orders/" + id).body();
      assertThat(order.get("step").asText()).as("confirmation was finished").isEqualTo("payment");
      new Checks(storefront).awaitAllEnded();
      assertThat(storefront.get("/orders/" + id).body().get("status").asText())
          .isEqualTo("completed");
    }
  }

  @Test
  void aStepThatTakesTooLongIsGivenBackInTime() throws Exception {
    Map<String, String> endlessStep =
        Map.of(
            "SIMULATED_CONFIRMATION_MS", "3600000",
            "STEP_TIMEOUT_SECONDS", "3600",
            "SHUTDOWN_SECONDS", "6");
    String id;
    try (ServerProcess server = launch(endlessStep)) {
      Storefront storefront = new Storefront(server.awaitReady());
      id = storefront.place(ORDER).body().get("id").asText();
      awaitProcessing(storefront, id);
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.leftPostgresRunning()).isFalse();
    }
    // The lease would hold for an hour: the order must have been given back.
    try (ServerProcess next = launch(Map.of("LEASE_SECONDS", "3600"))) {
      Storefront storefront = new Storefront(next.awaitReady());
      new Checks(storefront).awaitAllEnded();
      assertThat(storefront.get("/orders/" + id).body().get("version").asLong()).isEqualTo(5);
    }
  }

  @Test
  void aSecondSigtermEndsAtOnceAndLosesNothing() throws Exception {
    String id;
    try (ServerProcess server =
        launch(
            Map.of(
                "SIMULATED_CONFIRMATION_MS", "3600000",
                "STEP_TIMEOUT_SECONDS", "3600",
                "SHUTDOWN_SECONDS", "3600",
                "LEASE_SECONDS", "2"))) {
      Storefront storefront = new Storefront(server.awaitReady());
      id = storefront.place(ORDER).body().get("id").asText();
      awaitProcessing(storefront, id);
      server.terminate();
      server.awaitOutput("Stopping");
      server.terminate();
      assertThat(server.awaitExit()).isNotZero();
    }
    try (ServerProcess next = launch(Map.of())) {
      Storefront storefront = new Storefront(next.awaitReady());
      new Checks(storefront).awaitAllEnded();
      assertThat(storefront.get("/orders/" + id).body().get("status").asText())
          .isEqualTo("completed");
    }
  }

  @Test
  void aSecondServerOnTheSameDataRefusesInOneSentence() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      server.awaitReady();
      String said = refusal(Map.of());
      assertThat(said).contains(directory.toString(), "in use").doesNotContain("Exception");
      assertThat(server.leftPostgresRunning()).isTrue();
      assertThat(new Storefront(server.awaitReady()).get("/health/ready").status()).isEqualTo(200);
    }
  }

  /// The second server that people start by mistake has all settings of the first.
  @Test
  void onTheSamePortTooItIsToldWhoseTheDataAre() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      String port = String.valueOf(server.awaitReady().getPort());
      assertThat(refusal(Map.of("PORT", port)))
          .contains(directory.toString(), "in use by another Orders server")
          .doesNotContain("Exception", "Cannot listen");
    }
  }

  /// What a server says that does not start.
  private String refusal(Map<String, String> environment) throws Exception {
    ServerProcess server = launch(environment);
    try {
      assertThat(server.awaitExit()).isEqualTo(1);
      return server.output();
    } finally {
      server.kill();
    }
  }

  @Test
  void allThatIsWrongWithTheSettingsIsSaidAtOnce() throws Exception {
    String said =
        refusal(
            Map.of(
                "PORT", "http",
                "WORKERS", "0",
                "DATABASE_URL", "jdbc:mysql://user:secret@host/db",
                "PARTNERS", "carrier pigeons",
                "SIMULATED_ERROR_RATE", "1.5"));
    assertThat(List.of("PORT", "WORKERS", "DATABASE_URL", "PARTNERS", "SIMULATED_ERROR_RATE"))
        .allSatisfy(name -> assertThat(said).contains(name + " must be"));
    assertThat(said).doesNotContain("secret", "Exception", "\tat ");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      String port = String.valueOf(server.awaitReady().getPort());
      String other = directory.resolve("other").toString();
      String said = refusal(Map.of("PORT", port, "DATA_DIR", other));
      assertThat(said).contains(port).doesNotContain("\tat ");
    }
  }

  @Test
  void aSignalDuringTheStartStopsTheServerAndItsDatabase() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      server.awaitOutput("PostgreSQL is ready");
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.leftPostgresRunning()).isFalse();
    }
  }

  @Test
  void aSignalWhilePostgresStartsStopsBoth() throws Exception {
    try (ServerProcess server = launch(Map.of())) {
      Path held = directory.resolve("server.pid");
      Patience.until(() -> Files.exists(held), () -> "the database to be started");
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.leftPostgresRunning()).isFalse();
    }
  }

  /// A pipe in place of a file holds up the start of the embedded database until somebody writes.
  @Test
  void itAnswersWhileItsDatabaseStarts() throws Exception {
    Path pipe = Files.createDirectory(directory.resolve("binaries")).resolve("trusted");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    int port = freePort();
    try (ServerProcess server = launch(Map.of("PORT", String.valueOf(port)))) {
      Storefront storefront = new Storefront(URI.create("http://127.0.0.1:" + port));
      Patience.until(() -> answers(storefront), () -> "an answer");
      assertThat(storefront.get("/health/ready").status()).isEqualTo(503);
      Files.writeString(pipe, "");
      assertThat(new Storefront(server.awaitReady()).get("/health/ready").status()).isEqualTo(200);
    }
  }

  private static boolean answers(Storefront storefront) throws Exception {
    try {
      return storefront.get("/health/live").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
