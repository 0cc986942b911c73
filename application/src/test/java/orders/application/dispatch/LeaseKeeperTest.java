package orders.application.dispatch;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import orders.application.fake.TestNode;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.WorkQueue;
import orders.domain.Move;
import orders.domain.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LeaseKeeperTest {
  private final Renewals renewals = new Renewals();
  private final LeaseKeeper keeper =
      new LeaseKeeper(renewals, Duration.ofMillis(15), new SystemThreads());
  private final Lease one = new Lease(TestNode.newId(), 1);
  private final Lease two = new Lease(TestNode.newId(), 7);

  @AfterEach
  void stop() {
    keeper.stop();
  }

  private void awaitRenewals(int more) {
    int before = renewals.count.get();
    eventually("leases are renewed", () -> renewals.count.get() >= before + more);
  }

  @Test
  void allHeldLeasesAreRenewedTogetherAgainAndAgain() {
    keeper.keep(one);
    keeper.keep(two);
    keeper.start();
    awaitRenewals(3);
    assertThat(renewals.last).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void aLeaseThatIsNoLongerNeededIsLeftToExpire() {
    keeper.keep(one);
    keeper.keep(two);
    keeper.drop(one);
    keeper.start();
    awaitRenewals(2);
    assertThat(renewals.last).containsExactly(two);
  }

  @Test
  void aLostLeaseIsNotAskedForAgain() {
    renewals.lost = List.of(one);
    keeper.keep(one);
    keeper.keep(two);
    keeper.start();
    awaitRenewals(2);
    assertThat(renewals.last).containsExactly(two);
  }

  @Test
  void renewingGoesOnAfterAnOutageAndEvenAfterABug() {
    keeper.keep(one);
    renewals.failure =
        Optional.of(new StoreUnavailable("gone", StoreUnavailable.Effect.UNKNOWN, null));
    keeper.start();
    awaitRenewals(2);
    renewals.failure = Optional.of(new IllegalStateException("bug"));
    awaitRenewals(2);
    renewals.failure = Optional.empty();
    awaitRenewals(2);
    assertThat(renewals.last).containsExactly(one);
  }

  private static final class Renewals implements WorkQueue {
    private final AtomicInteger count = new AtomicInteger();
    private volatile List<Lease> last = List.of();
    private volatile List<Lease> lost = List.of();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    @Override
    public List<Lease> renew(Collection<Lease> leases) {
      last = List.copyOf(leases);
      count.incrementAndGet();
      failure.ifPresent(e -> {
        throw e;
      });
      return lost;
    }

    @Override
    public List<Claim> claim(int max) {
      throw new AssertionError("not asked to claim");
    }

    @Override
    public Recorded record(Lease lease, Move.Made move, Optional<Duration> releaseFor) {
      throw new AssertionError("not asked to record");
    }

    @Override
    public Optional<Order> held(Lease lease) {
      throw new AssertionError("not asked what is held");
    }

    @Override
    public boolean postpone(Lease lease, Duration delay, Obstacle obstacle) {
      throw new AssertionError("not asked to postpone");
    }

    @Override
    public void release(Collection<Lease> leases) {
      throw new AssertionError("not asked to release");
    }
  }
}
