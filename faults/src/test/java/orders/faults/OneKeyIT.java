package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty clients that send the same wish at the same time to two nodes: P6.
final class OneKeyIT {
  private static final int CLIENTS = 50;
  private static final int KEYS = 20;

  @TempDir private Path directory;

  @Test
  void fiftyPostsOfOneKeyOverTwoNodesAreOneOrderAndFiftyEqualAnswers() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE);
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), Map.of())) {
      ServerProcess one = deployment.launch(Map.of());
      ServerProcess two = deployment.launch(Map.of());
      List<Storefront> nodes =
          List.of(new Storefront(one.awaitReady()), new Storefront(two.awaitReady()));
      for (int i = 0; i < KEYS; i++) {
        String key = "wish-" + i;
        List<Storefront.Answer> answers = placeAtOnce(nodes, orders.get(i), key);
        assertThat(answers)
            .as(() -> "the nodes said: %s%n%s".formatted(one.output(), two.output()))
            .allMatch(answer -> answer.status() == 201)
            .extracting(Storefront.Answer::text)
            .containsOnly(answers.getFirst().text());
        assertThat(answers)
            .extracting(answer -> answer.headers().firstValue("Location"))
            .containsOnly(answers.getFirst().headers().firstValue("Location"));
        assertThat(answers)
            .extracting(answer -> answer.headers().firstValue("ETag"))
            .containsOnly(answers.getFirst().headers().firstValue("ETag"));
        assertThat(nodes.get(i % 2).place(orders.get(KEYS), key).status()).isEqualTo(422);
      }
      Checks checks = new Checks(nodes.getFirst());
      checks.awaitAllEnded();
      assertThat(checks.allOrders()).hasSize(KEYS);
      checks.agreeWith(deployment.partners());
    }
  }

  private static List<Storefront.Answer> placeAtOnce(
      List<Storefront> nodes, String order, String key) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Storefront.Answer>> futures = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Storefront node = nodes.get(i % nodes.size());
        futures.add(
            clients.submit(() -> {
              start.await();
              return node.place(order, key);
            }));
      }
      start.countDown();
      List<Storefront.Answer> answers = new ArrayList<>();
      for (Future<Storefront.Answer> future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
