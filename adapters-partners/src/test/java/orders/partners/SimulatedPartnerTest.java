package orders.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import orders.application.port.Partner;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Undo;
import orders.domain.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SimulatedPartnerTest {
  private static final int CALLS = 2_000;

  private static Partner partner(double declineRate, double errorRate) {
    return new SimulatedPartner(
        new SimulatedPartner.Behaviour(Duration.ZERO, declineRate, errorRate));
  }

  private static Call call(int number, Step step, int attempt) {
    return Calls.call(number, step, attempt, 1);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aRepeatedCallGivesTheSameAnswerOnAnyNode(Step step) {
    Partner one = partner(0.3, 0.3);
    Partner other = partner(0.3, 0.3);
    for (int i = 0; i < CALLS; i++) {
      assertThat(one.perform(call(i, step, 1))).isEqualTo(other.perform(call(i, step, 1)));
      assertThat(one.undo(call(i, step, 1))).isEqualTo(other.undo(call(i, step, 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "0,1", "0.25,0", "0,0.25", "0.5,0.5"})
  void declinesAndBreaksAsOftenAsItIsTold(double declineRate, double errorRate) {
    Partner partner = partner(declineRate, errorRate);
    List<Result> results =
        IntStream.range(0, CALLS).mapToObj(i -> partner.perform(call(i, Step.PAYMENT, 1))).toList();
    double broke = results.stream().filter(Result.Retry.class::isInstance).count();
    double declined = results.stream().filter(Result.Declined.class::isInstance).count();
    assertThat(broke / CALLS).isCloseTo(errorRate, within(0.05));
    assertThat(declined / CALLS).isCloseTo((1 - errorRate) * declineRate, within(0.05));
  }

  @Test
  void aBrokenCallMayWorkWhenRepeatedButANoStaysANo() {
    Partner breaking = partner(0, 0.5);
    Partner declining = partner(0.5, 0);
    Set<Class<?>> repeated = new HashSet<>();
    for (int i = 0; i < CALLS; i++) {
      if (breaking.perform(call(i, Step.PAYMENT, 1)) instanceof Result.Retry) {
        repeated.add(breaking.perform(call(i, Step.PAYMENT, 2)).getClass());
      }
      assertThat(declining.perform(call(i, Step.PAYMENT, 2)))
          .isEqualTo(declining.perform(call(i, Step.PAYMENT, 1)));
    }
    assertThat(repeated).contains(Result.Done.class, Result.Retry.class);
  }

  @Test
  void aRetriedOrderAsksUnderANewKeyAndMayGetAnotherAnswer() {
    Partner partner = partner(0.5, 0);
    assertThat(Calls.call(1, Step.PAYMENT, 1, 2).key()).endsWith("/payment/2");
    assertThat(
            IntStream.range(0, CALLS)
                .filter(i ->
                    partner.perform(Calls.call(i, Step.PAYMENT, 1, 1)).getClass()
                        != partner.perform(Calls.call(i, Step.PAYMENT, 1, 2)).getClass())
                .count())
        .isGreaterThan(CALLS / 4);
  }

  @Test
  void undoBreaksAsOftenToo() {
    assertThat(partner(1, 0).undo(call(1, Step.PAYMENT, 1))).isInstanceOf(Undo.Undone.class);
    assertThat(partner(0, 1).undo(call(1, Step.PAYMENT, 1))).isInstanceOf(Undo.Retry.class);
  }

  @ParameterizedTest
  @CsvSource({"-0.1,0", "1.1,0", "0,-1", "0,NaN", "Infinity,0"})
  void refusesRatesThatAreNone(double declineRate, double errorRate) {
    assertThatThrownBy(() -> partner(declineRate, errorRate))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
