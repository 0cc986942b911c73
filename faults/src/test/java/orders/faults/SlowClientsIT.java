package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import orders.faults.client.Rush;
import orders.faults.client.SlowClients;
import orders.faults.client.SlowClients.Kind;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slow clients beside the main job of the packaged server, ten readers for each connection that it
/// reads from its database by: all of them are cut, and no order waits for any.
final class SlowClientsIT {
  private static final int OF_EACH = 80;
  private static final List<Kind> KINDS = List.of(Kind.HEAD, Kind.BODY, Kind.READER);

  @TempDir private Path directory;

  @Test
  void areCutWhileEveryOrderIsTaken() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, 300);
    try (ServerProcess server = ServerProcess.launch(Project.JAR, directory, Map.of())) {
      URI address = server.awaitReady();
      Storefront storefront = new Storefront(address);
      Storefront.Answer large = storefront.place(SlowClients.LARGE_ORDER);
      String printed = server.output();

      Map<Kind, Integer> numbers = new EnumMap<>(Kind.class);
      KINDS.forEach(kind -> numbers.put(kind, OF_EACH));
      try (SlowClients slow =
          SlowClients.start(address, numbers, large.body().get("id").asText())) {
        Patience.until(slow::areAllThere, () -> "slow clients to connect");
        Rush rush = Rush.start(storefront, orders, 4).join();
        assertThat(rush.answers()).isEqualTo(Map.of(201, orders.size()));
        Patience.until(
            () -> KINDS.stream().allMatch(kind -> slow.ended(kind) >= OF_EACH),
            () -> "all of them to be cut");
        assertThat(storefront.get("/health/ready").status()).isEqualTo(200);
      }
      assertThat(server.output()).isEqualTo(printed);
    }
  }
}
