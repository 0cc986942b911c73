package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunSettingsTest {
  @Test
  void settingsOfTheDatabaseAreReadOneByOne() {
    assertThat(
            RunSettings.read(Map.of("DATABASE_SETTINGS", "synchronous_commit=off, a=b=c"))
                .database())
        .isEqualTo(Map.of("synchronous_commit", "off", "a", "b=c"));
  }

  @ParameterizedTest
  @CsvSource({"ROUNDS, 0", "ROUNDS, -1", "ROUNDS, many", "SEED, x", "DATABASE_SETTINGS, fsync"})
  void nonsenseIsRefusedSoThatNoRunSucceedsWithoutHavingChecked(String name, String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> RunSettings.read(Map.of(name, value)));
  }
}
