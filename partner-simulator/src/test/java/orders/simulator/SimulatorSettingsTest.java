package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SimulatorSettingsTest {
  @Test
  void byDefaultAllIsWellOnLoopback() throws BadRequest {
    SimulatorSettings settings = SimulatorSettings.read(Map.of("JOURNAL", " ", "SECRET", ""));
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8090);
    assertThat(settings.journal()).isEmpty();
    assertThat(settings.secret()).isEmpty();
    assertThat(settings.behaviours())
        .containsOnlyKeys(Step.values())
        .allSatisfy((_, behaviour) -> assertThat(behaviour).isEqualTo(Behaviour.GOOD));
  }

  @Test
  void everyVariableIsHeard() throws BadRequest {
    SimulatorSettings settings =
        SimulatorSettings.read(
            Map.ofEntries(
                Map.entry("HOST", "0.0.0.0"),
                Map.entry("PORT", "1"),
                Map.entry("JOURNAL", "/tmp/j"),
                Map.entry("SECRET", "hush"),
                Map.entry("SEED", "2"),
                Map.entry("CONFIRMATION_LATENCY_MS", "3"),
                Map.entry("PAYMENT_DECLINE_RATE", "0.1"),
                Map.entry("PAYMENT_ERROR_RATE", "0.2"),
                Map.entry("PAYMENT_LOST_ANSWER_RATE", "0.3"),
                Map.entry("PAYMENT_BUSY_RATE", "0.4"),
                Map.entry("PAYMENT_WAIT_RATE", "0.5"),
                Map.entry("PAYMENT_REFUSE_UNDO_RATE", "1"),
                Map.entry("DELIVERY_DOWN", "true")));
    assertThat(settings)
        .isEqualTo(
            new SimulatorSettings(
                "0.0.0.0",
                1,
                Optional.of(Path.of("/tmp/j")),
                Optional.of("hush"),
                2,
                Map.of(
                    Step.CONFIRMATION,
                    new Behaviour(3, 0, 0, 0, 0, 0, 0, false),
                    Step.PAYMENT,
                    new Behaviour(0, 0.1, 0.2, 0.3, 0.4, 0.5, 1, false),
                    Step.DELIVERY,
                    new Behaviour(0, 0, 0, 0, 0, 0, 0, true))));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() ->
            SimulatorSettings.read(
                Map.of(
                    "PORT",
                    "65536",
                    "SEED",
                    "x",
                    "PAYMENT_DECLINE_RATE",
                    "2",
                    "DELIVERY_DOWN",
                    "yes",
                    "CONFIRMATION_LATENCY_MS",
                    "1.5")))
        .isInstanceOf(BadRequest.class)
        .hasMessageContainingAll(
            "PORT must be",
            "SEED must be",
            "PAYMENT_DECLINE_RATE: decline_rate must be from 0 to 1",
            "DELIVERY_DOWN: ",
            "CONFIRMATION_LATENCY_MS: ");
  }
}
