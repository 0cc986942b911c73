package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import orders.http.badinput.BadCase;
import orders.http.badinput.BadInput;
import orders.http.badinput.BadInputCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P9, case by case: the tables of bad input against the API over a store in memory.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private final TestServer server = new TestServer();
  private final LogCapture log = new LogCapture();

  @BeforeAll
  void aGoodOrderIsTaken() {
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
  }

  @AfterAll
  void aGoodOrderIsStillTakenAndNothingWasLogged() {
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
    server.close();
    log.close();
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("orders.http.badinput.BadInput#cases")
  void isAnsweredAsItsLineSaysAndStoresNothing(BadCase bad) throws IOException {
    int stored = server.store.size();
    BadInputCheck.check(bad, server.uri("/").getPort());
    int more = bad.expected().status() == 201 ? 1 : 0;
    assertThat(server.store.size()).isEqualTo(stored + more);
  }

  @Test
  void noLineIsThereTwice() {
    assertThat(
            BadInput.cases()
                .collect(Collectors.groupingBy(BadCase::toString, Collectors.counting()))
                .entrySet())
        .allSatisfy(entry -> assertThat(entry.getValue()).as(entry.getKey()).isEqualTo(1));
    assertThat(BadInput.cases().count()).isGreaterThan(300);
  }
}
