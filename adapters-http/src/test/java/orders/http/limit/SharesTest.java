package orders.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import orders.application.port.Role;
import orders.http.limit.Shares.Refused;
import orders.http.limit.Shares.Share;
import orders.http.limit.Shares.Taken;
import org.junit.jupiter.api.Test;

final class SharesTest {
  private static final Optional<Holder> ME = Optional.of(new Holder.Named(Role.CUSTOMER, "me"));
  private static final Optional<Holder> YOU = Optional.of(new Holder.Named(Role.CUSTOMER, "you"));

  private static Shares shares(int all, int each) {
    return new Shares(all, each, new Holders(new ClientAddress(TrustedProxies.NONE)));
  }

  private static Share share(Taken taken) {
    assertThat(taken).isInstanceOf(Share.class);
    return (Share) taken;
  }

  @Test
  void eachHolderHasSoManyAndNoMore() {
    Shares shares = shares(10, 2);
    Share first = share(shares.tryToTake(ME));
    share(shares.tryToTake(ME));
    assertThat(shares.tryToTake(ME)).isEqualTo(Refused.OWN_ARE_TAKEN);
    share(shares.tryToTake(YOU));
    first.close();
    share(shares.tryToTake(ME));
    assertThat(shares.tryToTake(ME)).isEqualTo(Refused.OWN_ARE_TAKEN);
  }

  @Test
  void theSameSubjectInAnotherRoleIsSomebodyElse() {
    Shares shares = shares(10, 1);
    share(shares.tryToTake(ME));
    share(shares.tryToTake(Optional.of(new Holder.Named(Role.STOREFRONT, "me"))));
  }

  @Test
  void allTogetherHaveSoMany() {
    Shares shares = shares(2, 2);
    share(shares.tryToTake(ME));
    Share yours = share(shares.tryToTake(YOU));
    assertThat(shares.tryToTake(ME)).isEqualTo(Refused.ALL_ARE_TAKEN);
    yours.close();
    share(shares.tryToTake(ME));
  }

  @Test
  void whatWasRefusedForLackOfAnyIsNotHeldAgainstAnybody() {
    Shares shares = shares(1, 1);
    Share yours = share(shares.tryToTake(YOU));
    for (int i = 0; i < 3; i++) {
      assertThat(shares.tryToTake(ME)).isEqualTo(Refused.ALL_ARE_TAKEN);
    }
    yours.close();
    share(shares.tryToTake(ME));
  }

  @Test
  void closingTwiceGivesBackOnce() {
    Shares shares = shares(2, 2);
    Share first = share(shares.tryToTake(ME));
    share(shares.tryToTake(ME));
    first.close();
    first.close();
    share(shares.tryToTake(ME));
    assertThat(shares.tryToTake(ME)).isEqualTo(Refused.OWN_ARE_TAKEN);
    assertThat(shares.tryToTake(YOU)).isEqualTo(Refused.ALL_ARE_TAKEN);
  }

  @Test
  void nothingIsKeptOfWhoHasNone() {
    Shares shares = shares(1_000, 2);
    for (int i = 0; i < 1_000; i++) {
      share(shares.tryToTake(Optional.of(new Holder.At(false, i)))).close();
    }
    assertThat(shares.holding()).isZero();
  }

  @Test
  void whereHoldersDoNotCountOnlyAllTogetherDo() {
    Shares shares = shares(3, 0);
    for (int i = 0; i < 3; i++) {
      share(shares.tryToTake(Optional.empty()));
    }
    assertThat(shares.tryToTake(Optional.empty())).isEqualTo(Refused.ALL_ARE_TAKEN);
  }

  @Test
  void nobodyGetsMoreByAskingManyTimesAtOnce() throws InterruptedException {
    Shares shares = shares(1_000, 5);
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger granted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                for (int j = 0; j < 1_000; j++) {
                  if (shares.tryToTake(ME) instanceof Share) {
                    granted.incrementAndGet();
                  }
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(granted).hasValue(5);
  }
}
