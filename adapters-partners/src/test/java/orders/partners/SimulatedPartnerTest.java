package orders.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import orders.application.port.Partner;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Undo;
import orders.domain.CustomerId;
import orders.domain.Line;
import orders.domain.MerchantId;
import orders.domain.Money;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Sku;
import orders.domain.State;
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
    return call(number, step, attempt, 1);
  }

  private static Call call(int number, Step step, int attempt, int round) {
    Money price = new Money(1, Currency.getInstance("USD"));
    Line line = new Line(new Sku("a"), Optional.empty(), 1, price);
    Purchase purchase =
        new Purchase(new CustomerId("c"), MerchantId.MAIN, Optional.empty(), List.of(line));
    OrderId id = new OrderId(new UUID(0x7000, number));
    return new Call(
        new Order(id, purchase, new State.Processing(step, 0), round, 1), step, attempt);
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
    assertThat(call(1, Step.PAYMENT, 1, 2).key()).endsWith("/payment/2");
    assertThat(
            IntStream.range(0, CALLS)
                .filter(i ->
                    partner.perform(call(i, Step.PAYMENT, 1, 1)).getClass()
                        != partner.perform(call(i, Step.PAYMENT, 1, 2)).getClass())
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
