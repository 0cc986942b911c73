package orders.application.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import orders.application.port.EmailAddress;

/// Has logins pause after wrong passwords, whether there is an account or not: for one account from
/// one address, for one address over all accounts, and for one account over all addresses. Of the
/// last, those addresses are free from which its owner has logged in before: a stranger can keep
/// the account's pause up, but not keep its owner out who comes from a usual place.
///
/// Safe from any thread. Knows of this node only, keeps nothing over a restart, and remembers so
/// much and no more.
public final class LoginThrottle {
  static final int WRONG_FOR_ACCOUNT_AND_ADDRESS = 5;
  static final int WRONG_FOR_ADDRESS = 20;
  static final int WRONG_FOR_ACCOUNT = 50;

  private final InstantSource clock;
  private final int maxNames;
  private final Pauses<Place> byPlace;
  private final Pauses<String> byAddress;
  private final Pauses<EmailAddress> byAccount;
  private final Map<Place, Boolean> usual = new LinkedHashMap<>();

  public LoginThrottle(InstantSource clock) {
    this(clock, 20_000);
  }

  /// @param maxNames how much is remembered of each kind
  LoginThrottle(InstantSource clock, int maxNames) {
    this.clock = clock;
    this.maxNames = maxNames;
    byPlace = new Pauses<>(WRONG_FOR_ACCOUNT_AND_ADDRESS, maxNames);
    byAddress = new Pauses<>(WRONG_FOR_ADDRESS, maxNames);
    byAccount = new Pauses<>(WRONG_FOR_ACCOUNT, maxNames);
  }

  private record Place(EmailAddress account, String address) {}

  /// Whether a password may be tried now.
  public sealed interface Turn {
    /// It may; it counts as wrong until more is said of it.
    record Granted(Attempt attempt) implements Turn {}

    /// @param left more than nothing
    record Paused(Duration left) implements Turn {}
  }

  /// @param address of whoever tries; opaque
  public synchronized Turn ask(EmailAddress account, String address) {
    Instant now = clock.instant();
    var place = new Place(account, address);
    boolean isUsual = usual.containsKey(place);
    Duration left = longer(byPlace.left(place, now), byAddress.left(address, now));
    if (!isUsual) {
      left = longer(left, byAccount.left(account, now));
    }
    return left.isPositive() ? new Turn.Paused(left) : new Turn.Granted(new Attempt(place, now));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /// How many names are remembered in all.
  synchronized int size() {
    return byPlace.size() + byAddress.size() + byAccount.size() + usual.size();
  }

  /// One password that is tried.
  public final class Attempt {
    private final Place place;
    private final Pauses.Mark ofPlace;
    private final Pauses.Mark ofAddress;
    private final Pauses.Mark ofAccount;

    private Attempt(Place place, Instant now) {
      this.place = place;
      ofPlace = byPlace.add(place, now);
      ofAddress = byAddress.add(place.address, now);
      ofAccount = byAccount.add(place.account, now);
    }

    /// It was the right one.
    public void wasRight() {
      synchronized (LoginThrottle.this) {
        takeBack();
        byPlace.forget(place);
        usual.remove(place);
        usual.put(place, true);
        if (usual.size() > maxNames) {
          var oldest = usual.keySet().iterator();
          oldest.next();
          oldest.remove();
        }
      }
    }

    /// Nobody knows: it could not be checked.
    public void wasNotChecked() {
      takeBack();
    }

    private void takeBack() {
      synchronized (LoginThrottle.this) {
        byPlace.takeBack(place, ofPlace);
        byAddress.takeBack(place.address, ofAddress);
        byAccount.takeBack(place.account, ofAccount);
      }
    }
  }
}
