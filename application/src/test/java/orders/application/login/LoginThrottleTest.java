package orders.application.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import orders.application.login.LoginThrottle.Turn;
import orders.application.port.EmailAddress;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {
  private static final EmailAddress OWNER = account("owner");
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  private static EmailAddress account(String name) {
    return EmailAddress.parse(name + "@example.com").orElseThrow();
  }

  /// @return how long to pause, zero if the password was looked at
  private Duration wrong(EmailAddress account, String address) {
    return switch (throttle.ask(account, address)) {
      case Turn.Granted _ -> Duration.ZERO;
      case Turn.Paused(Duration left) -> left;
    };
  }

  private void right(EmailAddress account, String address) {
    ((Turn.Granted) throttle.ask(account, address)).attempt().wasRight();
  }

  private void wrongTimes(int times, EmailAddress account, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(wrong(account, address)).as("attempt " + i).isZero();
    }
  }

  /// Wrong passwords from so many addresses that none of them has to pause.
  private void wrongFromAllOver(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(wrong(OWNER, "203.0.113." + i)).isZero();
    }
  }

  @Test
  void afterFiveWrongPasswordsTheAccountPausesForThatAddress() {
    wrongTimes(5, OWNER, HOME);
    assertThat(wrong(OWNER, HOME)).isEqualTo(Duration.ofMinutes(1));
    assertThat(wrong(account("neighbour"), HOME)).isZero();
    assertThat(wrong(OWNER, ELSEWHERE)).isZero();
  }

  @Test
  void eachFurtherWrongPasswordDoublesThePauseUpToABound() {
    wrongTimes(5, OWNER, HOME);
    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      assertThat(wrong(OWNER, HOME)).isEqualTo(Duration.ofMinutes(minutes));
      now = now.plus(Duration.ofMinutes(minutes));
      assertThat(wrong(OWNER, HOME)).isZero();
    }
  }

  @Test
  void whatIsTriedInAPauseDoesNotProlongIt() {
    wrongTimes(5, OWNER, HOME);
    for (int i = 0; i < 100; i++) {
      assertThat(wrong(OWNER, HOME)).isPositive();
    }
    now = now.plus(Duration.ofMinutes(1));
    assertThat(wrong(OWNER, HOME)).isZero();
  }

  @Test
  void wrongPasswordsOfLongAgoAreForgotten() {
    wrongTimes(4, OWNER, HOME);
    now = now.plus(Duration.ofMinutes(15));
    wrongTimes(5, OWNER, HOME);
    assertThat(wrong(OWNER, HOME)).isPositive();
  }

  @Test
  void aRightPasswordClearsTheAccountForThatAddress() {
    wrongTimes(4, OWNER, HOME);
    right(OWNER, HOME);
    wrongTimes(5, OWNER, HOME);
    assertThat(wrong(OWNER, HOME)).isPositive();
  }

  @Test
  void anAddressThatTriesManyAccountsPausesForAll() {
    for (int i = 0; i < 20; i++) {
      assertThat(wrong(account("a" + i), HOME)).isZero();
    }
    assertThat(wrong(account("another"), HOME)).isEqualTo(Duration.ofMinutes(1));
    assertThat(wrong(account("another"), ELSEWHERE)).isZero();
  }

  @Test
  void whoeverKnowsOnePasswordBuysNoGuessesWithIt() {
    for (int i = 0; i < 19; i++) {
      wrong(account("a" + i), HOME);
    }
    var own = (Turn.Granted) throttle.ask(account("own"), HOME);
    // The twentieth in flight, while the right one is being checked: it has to pause.
    assertThat(wrong(account("b"), HOME)).isPositive();
    own.attempt().wasRight();
    assertThat(wrong(account("b"), HOME)).isZero();
    right(account("own"), ELSEWHERE);
    assertThat(wrong(account("c"), HOME)).isPositive();
  }

  @Test
  void anAccountTriedFromAllOverPausesButNotForWhereItsOwnerIsUsually() {
    right(OWNER, HOME);
    wrongFromAllOver(50);
    assertThat(wrong(OWNER, ELSEWHERE)).isPositive();
    right(OWNER, HOME);
    assertThat(wrong(OWNER, HOME)).isZero();
  }

  @Test
  void oneStrangerCannotHaveAnAccountPauseForAllOthers() {
    for (int day = 0; day < 1_000; day++) {
      wrong(OWNER, ELSEWHERE);
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(wrong(OWNER, HOME)).isZero();
  }

  @Test
  void whatCouldNotBeCheckedDoesNotCount() {
    for (int i = 0; i < 100; i++) {
      ((Turn.Granted) throttle.ask(OWNER, HOME)).attempt().wasNotChecked();
    }
    wrongTimes(5, OWNER, HOME);
  }

  @Test
  void ofManyAtOnceNoMoreAreLetThroughThanOneAfterTheOther() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Boolean>> granted =
          threads.invokeAll(
              IntStream.range(0, 200)
                  .<Callable<Boolean>>mapToObj(_ -> () -> wrong(OWNER, HOME).isZero())
                  .toList());
      int count = 0;
      for (Future<Boolean> one : granted) {
        count += one.get() ? 1 : 0;
      }
      assertThat(count).isEqualTo(5);
    }
  }

  @Test
  void onlySoMuchIsRemembered() {
    LoginThrottle small = new LoginThrottle(() -> now, 10);
    for (int i = 0; i < 1_000; i++) {
      ((Turn.Granted) small.ask(account("a" + i), "address " + i)).attempt().wasRight();
      small.ask(account("b" + i), "address of b " + i);
    }
    assertThat(small.size()).isLessThanOrEqualTo(40);
  }
}
