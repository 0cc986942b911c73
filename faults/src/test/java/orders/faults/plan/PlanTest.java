package orders.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  @Test
  void theSameSeedDrawsTheSamePlanAndALongerOneBeginsWithIt() {
    List<Round> rounds = Plan.draw(7, 20).rounds();
    assertThat(Plan.draw(7, 20).rounds()).isEqualTo(rounds);
    assertThat(Plan.draw(7, 100).rounds().subList(0, 20)).isEqualTo(rounds);
    assertThat(Plan.draw(8, 20).rounds()).isNotEqualTo(rounds);
  }

  @Test
  void eachKindComesUpBeforeAnyComesUpAgain() {
    int kinds = FaultKind.values().length;
    List<FaultKind> drawn =
        Plan.draw(1, 100).rounds().stream()
            .flatMap(round -> round.faults().stream())
            .map(Fault::kind)
            .toList();
    for (int i = 0; i + kinds <= drawn.size(); i += kinds) {
      assertThat(drawn.subList(i, i + kinds))
          .containsExactlyInAnyOrderElementsOf(Arrays.asList(FaultKind.values()));
    }
    assertThat(Plan.draw(1, Plan.roundsForAllKinds()).rounds().stream())
        .flatMap(Round::faults)
        .extracting(Fault::kind)
        .contains(FaultKind.values());
  }

  @Test
  void roundsHaveTwoNodesOrThree() {
    assertThat(Plan.draw(1, 50).rounds()).extracting(Round::nodes).contains(2, 3).hasSize(50);
  }
}
